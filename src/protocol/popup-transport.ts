import type { PopupView } from './popup-view.ts';

/** What a person can ask for in the popup. */
export type PopupAction =
  | { readonly kind: 'enable-site'; readonly origin: string }
  | { readonly kind: 'reload-tab' }
  /** Opens the page that tells how the notebook of the tab is read and changed. */
  | { readonly kind: 'open-health' }
  | { readonly kind: 'insert-resume-cell'; readonly notebookId: string }
  | { readonly kind: 'undo-insert'; readonly notebookId: string }
  /** Runs the ticked setup cells in order, then the resume cell (inserting it first when needed). */
  | { readonly kind: 'recover'; readonly notebookId: string; readonly setupCellIds: readonly string[] }
  | { readonly kind: 'stop-recovery'; readonly notebookId: string }
  | { readonly kind: 'watch-folder'; readonly notebookId: string; readonly path: string }
  | { readonly kind: 'dismiss-run'; readonly notebookId: string }
  | {
      readonly kind: 'change-settings';
      readonly insertAfterReconnect: boolean;
      readonly runAfterReconnect: boolean;
    };

export type PopupActionReply =
  { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: ActionRefusal };
export type ActionRefusal =
  | 'page-not-there'
  | 'no-kernel'
  | 'kernel-busy'
  | 'not-inserted'
  | 'cell-was-edited'
  | 'permission-denied'
  | 'folder-not-found'
  | 'page-error';

/** The popup's only line to the rest; the real one talks to the background, the fake one plays recorded states. */
export interface PopupTransport {
  view(): Promise<PopupView>;
  act(action: PopupAction): Promise<PopupActionReply>;
  /** Calls back whenever the view may have changed, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void;
}
