import type { Machine } from '../platform.ts';

/**
 * What lies over the notebook, told by elements and attributes alone: the interface is translated. Dialog tags changed in
 * 2023 and 2024, the slots of their buttons did not.
 */
export const noticeOn = (document: Pick<Document, 'querySelector'>): Machine['notice'] => {
  if (document.querySelector('colab-recaptcha-dialog') !== null) return 'captcha';
  const dialog = document.querySelector('mwc-dialog[open], md-dialog[open], paper-dialog[open]');
  if (dialog !== null)
    return dialog.querySelector('[slot="primaryAction"][dialogaction="ok"]') === null
      ? 'other-dialog'
      : 'disconnected-dialog';
  const snackbar = document.querySelector('colab-snackbar')?.shadowRoot?.querySelector('.mdc-snackbar--open');
  return snackbar === null || snackbar === undefined ? 'none' : 'snackbar';
};
