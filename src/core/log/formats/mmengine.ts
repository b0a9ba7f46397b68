import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { numberIn, printedFile, printedFileOfSentence, printedPath } from '../printed-values.ts';

/**
 * MMEngine and mmcv 1: MMDetection, MMSegmentation, MMPose and their kin.
 *
 * Source: open-mmlab/mmengine @ 25434293, `hooks/checkpoint_hook.py`, `runner/runner.py`, `runner/checkpoint.py`;
 * open-mmlab/mmcv 1.7.1, `runner/hooks/checkpoint.py`, `runner/hooks/evaluation.py`, `runner/base_runner.py`. Shown by
 * default. A save names no file: it is `epoch_{n}.pth` or `iter_{n}.pth` in the work_dir, which both versions print at the
 * start. mmcv 1 says twice which checkpoint is the best. Deleting for `max_keep_ckpts` is silent.
 *
 * `Load checkpoint from` is printed for fine-tuning as well as on resuming, which other lines tell. Not an event:
 * `Did not find last_checkpoint to be resumed.`, what is loaded from an address, rows of a validation.
 */
export const mmengine = phraseFormat('mmengine', [
  { start: 'Checkpoints will be saved to ', read: folder },
  { start: 'Start running, host: ', read: startRunning },
  { start: 'Saving checkpoint at ', read: saving },
  { start: 'The best checkpoint with ', read: bestWithScore },
  { start: 'Now best checkpoint is saved as ', read: nowBest },
  { start: 'Best ', read: bestScore },
  { start: 'The previous best checkpoint ', read: previousBest },
  { start: 'Load checkpoint from ', read: loaded },
  { start: 'Loads checkpoint by local backend from path: ', read: loaded },
  { start: 'load checkpoint from local path: ', read: loaded },
  { start: 'Auto resumed from the latest checkpoint ', read: autoResumed },
  { start: 'resumed ', read: resumed },
]);

const run = remembers((): { workDir: string | null; bestEpoch: number | null } => ({
  workDir: null,
  bestEpoch: null,
}));

function folder(rest: string, context: LogContext): Announcement | null {
  const path = printedPath(rest.replace(/ by \w{1,60}\.?$/, '').replace(/\.$/, ''), 'refused');
  if (path === null) return null;
  run(context).workDir = path;
  return { kind: 'train_start', role: 'part' };
}

function startRunning(rest: string, context: LogContext): Announcement {
  run(context).workDir = printedPath(/, work_dir: (.{1,4096})$/.exec(rest)?.[1] ?? '', 'refused');
  return { kind: 'train_start', role: 'part' };
}

function saving(rest: string, context: LogContext): Announcement | null {
  const [, count, unit] = /^(\d{1,15}) (epochs|iterations)$/.exec(rest) ?? [];
  if (count === undefined) return null;
  const number = Number(count);
  return unit === 'epochs'
    ? { kind: 'saved', epoch: number, ...inWorkDir(`epoch_${number}.pth`, context) }
    : { kind: 'saved', step: number, ...inWorkDir(`iter_${number}.pth`, context) };
}

const BEST = /^\S{1,40} .{1,200} at (\d{1,15}) (epoch|iter) is saved to (.{1,4096})$/;

function bestWithScore(rest: string, context: LogContext): Reading {
  const [, count, unit, printed = ''] = BEST.exec(rest) ?? [];
  const path = printedFileOfSentence(printed);
  if (path === null) return null;
  return best(path, unit === 'iter' ? { step: Number(count) } : { epoch: Number(count) }, context);
}

function nowBest(rest: string, context: LogContext): Reading {
  const path = printedFileOfSentence(rest);
  if (path === null) return null;
  const epoch = numberIn(path, /_epoch_(\d{1,9})\.pth$/g);
  run(context).bestEpoch = epoch;
  return best(path, { epoch, step: numberIn(path, /_iter_(\d{1,15})\.pth$/g) }, context);
}

function best(
  path: string,
  numbers: Pick<Announcement, 'step' | 'epoch'>,
  context: LogContext,
): readonly Announcement[] {
  const at = { path, ...numbers, ...inWorkDir(path, context) };
  return [
    { kind: 'best', ...at },
    { kind: 'saved', ...at },
  ];
}

/** Follows `Now best checkpoint is saved as`. */
function bestScore(rest: string, context: LogContext): Reading {
  const [, count, unit] = /^\S{1,120} is -?[\d.]{1,40} at (\d{1,15}) (epoch|iter)\.$/.exec(rest) ?? [];
  if (count === undefined) return null;
  if (unit === 'iter') return run(context).bestEpoch === null ? [] : { kind: 'best', step: Number(count) };
  return run(context).bestEpoch === Number(count) ? [] : { kind: 'best', epoch: Number(count) };
}

function previousBest(rest: string): Announcement | null {
  const path = printedFile(/^(.{1,4096}) (?:is|was) removed\.?$/.exec(rest)?.[1] ?? '');
  return path === null ? null : { kind: 'deleted', path };
}

function loaded(rest: string): Announcement | null {
  const path = printedFileOfSentence(rest);
  return path === null
    ? null
    : { kind: 'loaded', path, step: numberIn(path, /(?:^|[\\/])iter_(\d{1,15})\.pth$/g) };
}

function autoResumed(rest: string): Announcement | null {
  const path = printedFileOfSentence(rest);
  return path === null ? null : { kind: 'resumed', role: 'part', path };
}

function resumed(rest: string): Announcement | null {
  const [, epoch, step] = /^(?:from )?epoch:? (\d{1,9}), iter:? (\d{1,15})$/.exec(rest) ?? [];
  return epoch === undefined
    ? null
    : { kind: 'resumed', role: 'part', epoch: Number(epoch), step: Number(step) };
}

/** A best checkpoint is named relative to the work_dir as well. */
function inWorkDir(name: string, context: LogContext): Pick<Announcement, 'pathInContext'> {
  const { workDir } = run(context);
  return workDir === null || /^(?:[\\/]|[A-Za-z]:)/.test(name)
    ? {}
    : { pathInContext: `${workDir.replace(/[\\/]$/, '')}/${name}` };
}
