import { type Announcement, phraseFormat } from '../log-format.ts';

/**
 * fastai. Source: fastai/fastai @ 00e45696, `callback/tracker.py` (`SaveModelCallback`, `EarlyStoppingCallback`), printed by
 * default. The file is `{learn.path}/models/{fname}.pth`, which no line says; with `every_epoch=True` nothing is
 * printed. The table of epochs is HTML. Version 1 says the same with "accuracy" in the place of the monitor.
 */
export const fastai = phraseFormat('fastai', [
  { start: 'Better model found at epoch ', read: better },
  { start: 'No improvement since epoch ', read: stopped },
]);

function better(rest: string): Announcement | null {
  const epoch = /^(\d{1,9}) with .{1,200} value: /.exec(rest)?.[1];
  return epoch === undefined ? null : { kind: 'best', epoch: Number(epoch) };
}

function stopped(rest: string): Announcement | null {
  return /^\d{1,9}: early stopping$/.test(rest) ? { kind: 'train_end' } : null;
}
