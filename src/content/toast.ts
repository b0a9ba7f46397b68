import { translate } from '../browser/translate.ts';
import type { MessageKey } from '../protocol/messages-key.ts';
import type { ToastAction } from '../protocol/background-message.ts';
import { TOAST_STYLE } from './toast-style.ts';

export interface Toast {
  readonly notebookId: string;
  /** The checkpoint that the inserted cell resumes from. */
  readonly checkpoint: string;
}

const TAG = 'holdfast-toast';

/**
 * The one thing Holdfast draws on a page: that a cell was inserted, with Undo and Run. In a closed shadow root, so that
 * the page's styles stay outside; a click counts only when a person made it.
 */
export const showToast = (document: Document, toast: Toast, act: (action: ToastAction) => void): void => {
  hideToast(document);
  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = TOAST_STYLE;
  const box = element(document, 'section', 'toast');
  box.setAttribute('role', 'status');
  const text = element(document, 'p', 'text');
  text.textContent = translate('toast_inserted', [toast.checkpoint]);
  const button = (key: MessageKey, look: string, action: ToastAction | null): HTMLElement => {
    const made = element(document, 'button', look);
    made.textContent = translate(key);
    made.addEventListener('click', (event) => {
      if (!event.isTrusted) return;
      host.remove();
      if (action !== null) act(action);
    });
    return made;
  };
  const buttons = element(document, 'div', 'buttons');
  buttons.append(
    button('run_setup_resume_button', 'main', 'run'),
    button('undo_button', 'quiet', 'undo'),
    button('toast_close', 'quiet', null),
  );
  box.append(text, buttons);
  root.append(style, box);
  document.body.append(host);
};

export const hideToast = (document: Document): void => document.querySelector(TAG)?.remove();

const element = (document: Document, tag: 'section' | 'p' | 'div' | 'button', look: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = look;
  return made;
};
