import type { Extent } from './home-view.ts';
import type { KeepingChoice } from './keeping-view.ts';
import type { PopupView } from './popup-view.ts';
import type { PresetName, SaveSettings } from '../core/save-settings/save-settings.ts';
import type { UseSort } from './use-view.ts';

/** What a person can ask for in the popup. */
export type PopupAction =
  | { readonly kind: 'enable-site'; readonly origin: string }
  | { readonly kind: 'reload-tab' }
  /** Opens the page that tells how the notebook of the tab is read and changed. */
  | { readonly kind: 'open-health' }
  /** Opens the page that compares runs, at this notebook's newest. */
  | { readonly kind: 'open-dashboard'; readonly notebookId: string | null }
  | { readonly kind: 'insert-resume-cell'; readonly notebookId: string }
  | { readonly kind: 'undo-insert'; readonly notebookId: string }
  /** One name: a cell that loads this checkpoint. Several: one that puts the same prompts to each. */
  | { readonly kind: 'insert-use-cell'; readonly notebookId: string; readonly names: readonly string[] }
  | { readonly kind: 'undo-use-cell'; readonly notebookId: string; readonly sort: UseSort }
  /** Runs the ticked setup cells in order, then the resume cell (inserting it first when needed). */
  | { readonly kind: 'recover'; readonly notebookId: string; readonly setupCellIds: readonly string[] }
  | { readonly kind: 'stop-recovery'; readonly notebookId: string }
  /** Tries the step of a recovery again that failed, or goes on after a stop. */
  | { readonly kind: 'retry-recovery'; readonly notebookId: string }
  /** Leaves out a step of a recovery, by its place in the list, and goes on. */
  | { readonly kind: 'skip-step'; readonly notebookId: string; readonly index: number }
  | { readonly kind: 'watch-folder'; readonly notebookId: string; readonly path: string }
  | { readonly kind: 'dismiss-run'; readonly notebookId: string }
  /** Checkpoints by name, into one zip among the browser's downloads, or into this browser. */
  | {
      readonly kind: 'bring-home';
      readonly notebookId: string;
      readonly names: readonly string[];
      readonly extent: Extent;
      readonly to: 'zip' | 'browser';
    }
  /** Any folder of the server, as its file list shows it, into a zip. */
  | { readonly kind: 'zip-folder'; readonly notebookId: string; readonly path: string }
  /** A copy in this browser, of whatever notebook: into a zip, made whole from the notebook's server, or taken away. */
  | {
      readonly kind: 'zip-copy' | 'finish-copy';
      readonly notebookId: string;
      readonly copyId: string;
    }
  | { readonly kind: 'remove-copy'; readonly notebookId: string; readonly copyId: string }
  /** Back onto the notebook's server, into this folder of it; `null`: where it came from. */
  | {
      readonly kind: 'restore-copy';
      readonly notebookId: string;
      readonly copyId: string;
      readonly folder: string | null;
    }
  /** Copies of each checkpoint by themselves: the answer to the question, and every later change. */
  | ({ readonly kind: 'change-keeping'; readonly notebookId: string; readonly on: boolean } & KeepingChoice)
  /** A checkpoint of the run that is going on, at the end of its step; with `stop` the training then ends. */
  | { readonly kind: 'save-now'; readonly notebookId: string; readonly stop: boolean }
  | { readonly kind: 'save-every'; readonly notebookId: string; readonly steps: number }
  /** The answer to what is shown before the first of them on a notebook. */
  | { readonly kind: 'answer-save'; readonly notebookId: string; readonly yes: boolean }
  /** `once`: the awaited one is not made. `every`: no more of those. */
  | { readonly kind: 'undo-save'; readonly notebookId: string; readonly what: 'once' | 'every' }
  /** A cell above the training cell that sets how the next run saves. */
  | {
      readonly kind: 'apply-settings';
      readonly notebookId: string;
      readonly preset: PresetName;
      readonly settings: SaveSettings;
    }
  | { readonly kind: 'undo-settings'; readonly notebookId: string }
  /** A cell above the training cell that takes wishes for saves as files. */
  | { readonly kind: 'apply-asking' | 'prepare-asking' | 'undo-asking'; readonly notebookId: string }
  | { readonly kind: 'open-restore'; readonly notebookId: string }
  | {
      readonly kind:
        'pause-job' | 'resume-job' | 'cancel-job' | 'dismiss-job' | 'show-job' | 'move-aside-job';
      readonly jobId: string;
    }
  | {
      readonly kind: 'change-settings';
      readonly insertAfterReconnect: boolean;
      readonly runAfterReconnect: boolean;
    }
  | { readonly kind: 'set-hours-between-failures'; readonly hours: number };

export type PopupActionReply =
  { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: ActionRefusal };
export type ActionRefusal =
  | 'page-not-there'
  | 'no-kernel'
  | 'not-training'
  | 'kernel-busy'
  | 'not-inserted'
  | 'cell-was-edited'
  | 'permission-denied'
  | 'folder-not-found'
  /** The server could not be asked; nothing was changed. */
  | 'no-answer'
  /** There is nothing of that name any more. */
  | 'not-there'
  /** A job works with it. */
  | 'in-use'
  /** A checkpoint has appeared since the loss. */
  | 'still-written'
  | 'page-error';

/** The popup's only line to the rest; the real one talks to the background, the fake one plays recorded states. */
export interface PopupTransport {
  view(): Promise<PopupView>;
  act(action: PopupAction): Promise<PopupActionReply>;
  /** Calls back whenever the view may have changed, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void;
}
