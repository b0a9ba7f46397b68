import { make, makeShadowed } from './dom.ts';
import { reportClick } from './server.ts';
import type { Words } from './words.ts';

/** What lies over the notebook: dialogs, the snackbar, the captcha. */
export interface Notices {
  readonly snackbar: HTMLElement;
  readonly crashed: () => void;
  readonly disconnected: (onReconnect: () => void) => void;
  readonly limit: (onTryAgain: () => void) => void;
  readonly captcha: () => void;
  readonly closeAll: () => void;
}

export const newNotices = (words: Words, oldDialogTags: boolean): Notices => {
  const label = make('div', { class: 'mdc-snackbar__label', 'aria-live': 'polite' });
  const surface = make('div', { class: 'mdc-snackbar__surface' }, label);
  const bar = make('div', { class: 'mdc-snackbar' }, surface);
  bar.style.display = 'none';
  const snackbar = makeShadowed('colab-snackbar', { id: 'message-area' }, bar);
  const showBar = (isOpen: boolean) => {
    bar.classList.toggle('mdc-snackbar--open', isOpen);
    bar.style.display = isOpen ? '' : 'none';
  };
  const closeDialogs = () => {
    for (const dialog of document.querySelectorAll('mwc-dialog, colab-recaptcha-dialog')) dialog.remove();
  };
  const dialog = (title: string, text: string, onOk: () => void) => {
    closeDialogs();
    const button = (slot: string, action: 'ok' | 'cancel', name: string) => {
      const tag = oldDialogTags ? 'mwc-button' : 'md-text-button';
      const element = make(tag, { slot, dialogaction: action, role: 'button', tabindex: '0' }, name);
      element.addEventListener('click', (event) => {
        reportClick(`dialog-${action}`, event);
        closeDialogs();
        if (action === 'ok') onOk();
      });
      return element;
    };
    const element = makeShadowed(
      'mwc-dialog',
      { open: '', heading: title },
      make('div', { class: 'mdc-dialog__surface', role: 'alertdialog' }, make('h2', {}, title), ...slots()),
    );
    element.append(
      make('div', { class: 'content-area' }, text),
      button('secondaryAction', 'cancel', words.close),
      button('primaryAction', 'ok', words.reconnect),
    );
    element.style.cssText = overlay;
    document.body.append(element);
  };
  return {
    snackbar,
    crashed: () => {
      label.textContent = words.crashed;
      showBar(true);
    },
    disconnected: (onReconnect) => dialog(words.disconnected, words.inactivity, onReconnect),
    limit: (onTryAgain) => dialog(words.limit, words.limitText, onTryAgain),
    captcha: () => {
      closeDialogs();
      document.body.append(captchaDialog(words, closeDialogs));
    },
    closeAll: () => {
      closeDialogs();
      showBar(false);
    },
  };
};

const overlay =
  'position:fixed;inset:30% 30% auto;z-index:10;padding:1em;background:Canvas;border:1px solid;display:block';

const slots = (): HTMLElement[] => [
  make('slot'),
  make('slot', { name: 'secondaryAction' }),
  make('slot', { name: 'primaryAction' }),
];

const captchaDialog = (words: Words, close: () => void): HTMLElement => {
  const box = make('button', { id: 'recaptcha-anchor' }, words.robot);
  box.addEventListener('click', (event) => {
    reportClick('captcha', event);
    close();
  });
  const element = makeShadowed('colab-recaptcha-dialog', {}, box);
  element.style.cssText = overlay;
  return element;
};
