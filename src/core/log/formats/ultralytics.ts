import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, numberFirst, phraseFormat, type Reading } from '../log-format.ts';
import { printedFile, printedPath } from '../printed-values.ts';

/**
 * YOLOv5, v7, v9 and ultralytics (v8 and later).
 *
 * Source: ultralytics/yolov5 @ 5081342f, `train.py`, `utils/torch_utils.py`, `utils/general.py`;
 * ultralytics/ultralytics @ 00016300, `engine/trainer.py`. Shown by default. `last.pt` and `best.pt` are saved silently
 * at each epoch; only the end names them, when they are stripped of what a resuming needs. Epochs count from 0 in v5,
 * from 1 later, and are given as printed.
 *
 * Not an event: `Transferred 349/349 items from pretrained weights`, `Validating …/best.pt...`, `Results saved to …`,
 * `… training to 100 epochs is finished, nothing to resume.`
 */
export const ultralytics = phraseFormat('ultralytics', [
  { start: 'Logging results to ', read: logging },
  { start: 'Starting training for ', read: started },
  { start: 'Resuming training ', read: resuming },
  { start: 'Optimizer stripped from ', read: stripped },
  { start: 'Stopping training early as no improvement ', read: stoppedEarly },
  { start: 'EarlyStopping: Training stopped early as no improvement ', read: stoppedEarly },
  { start: 'Training complete (', read: completed },
  ...numberFirst(epochsCompleted, ' epochs completed in '),
]);

const runFolder = remembers((): { path: string | null } => ({ path: null }));

function logging(rest: string, context: LogContext): null {
  runFolder(context).path = printedPath(rest, 'refused');
  return null;
}

function started(rest: string): Announcement | null {
  return /^\d{1,9} epochs\.{0,3}$/.test(rest) ? { kind: 'train_start' } : null;
}

function resuming(rest: string): Announcement | null {
  const [, printed = '', epoch] =
    /^(?:from )?(\S.{0,4000}) from epoch (\d{1,9}) to \d{1,9} total epochs/.exec(rest) ?? [];
  const path = printedFile(printed);
  return path === null ? null : { kind: 'resumed', path, epoch: Number(epoch) };
}

function stripped(rest: string): Reading {
  const [, printed = ''] = /^(.{1,4096}\.pt)(?: as .{1,4096})?, \d{1,9}(?:\.\d{1,3})? ?MB$/.exec(rest) ?? [];
  const path = printedFile(printed);
  if (path === null) return null;
  const saved = { kind: 'saved', path } as const;
  return /(?:^|[\\/])best\.pt$/.test(path) ? [{ kind: 'best', path }, saved] : saved;
}

function stoppedEarly(rest: string, context: LogContext): Reading {
  const end = { kind: 'train_end', role: 'part' } as const;
  const [, epoch, path] =
    /Best results observed at epoch (\d{1,9}), best model saved as (\S{1,200}?)\.?$/.exec(rest) ?? [];
  if (epoch === undefined || path === undefined) return end;
  const folder = runFolder(context).path;
  const inFolder = folder === null ? {} : { pathInContext: `${folder}/weights/${path}` };
  return [end, { kind: 'best', path, epoch: Number(epoch), ...inFolder }];
}

function completed(rest: string): Announcement | null {
  return /^\d{1,9}(?:\.\d{1,9})? hours\)/.test(rest) ? { kind: 'train_end', role: 'part' } : null;
}

function epochsCompleted(message: string): Announcement | null {
  const epochs = /^(\d{1,9}) epochs completed in \d{1,9}(?:\.\d{1,9})? hours\.?$/.exec(message)?.[1];
  return epochs === undefined ? null : { kind: 'train_end', role: 'part', epoch: Number(epochs) };
}
