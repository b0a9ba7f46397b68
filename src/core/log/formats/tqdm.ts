import type { Announcement, LogFormat } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';
import { isBarAlone, type TqdmBar } from '../tqdm-bar.ts';

/**
 * Training bars of tqdm, which is all most scripts show of their progress.
 *
 * Source: tqdm 4, `tqdm/std.py` (`format_meter`); transformers `trainer_callback.py` (`ProgressCallback`, no
 * description), sentence-transformers 2 `fit()` (`Epoch:`), diffusers' example scripts (`Steps:`).
 *
 * Most bars in a notebook are not training: downloads, tokenising, loading of shards, evaluation. A described bar
 * counts only when its description says that it counts training steps or epochs; a bar without description only when
 * it counts iterations at a pace a training step can have. A bar that is named after one epoch counts batches of that
 * epoch, so it gives the epoch and no step.
 */
export const tqdm: LogFormat = {
  name: 'tqdm',
  readsUnfinishedLines: true,
  isRedraw: isBarAlone,
  bar: (bar) => (countsIterations(bar) ? progressOf(bar) : null),
};

const STEP_UNITS: ReadonlySet<string> = new Set(['it', 'step', 'steps', 'iter', 'batch', 'epoch']);
/** No training step is this fast; loops over dictionaries and files are. */
const FASTEST_STEPS_PER_SECOND = 2000;
const STEPS =
  /^(?:(?:training|train|optimization|global|update) )?(?:steps?|iterations|iters|updates?)$|^training$/i;
const ONE_EPOCH = /^(?:training |train )?epoch ?[:=#]? ?\[?(\d{1,9})(?: ?(?:\/|of) ?\d{1,9})?\]?$/i;
const EPOCHS = /^(?:training )?epochs?$/i;

function countsIterations(bar: TqdmBar): boolean {
  return STEP_UNITS.has(bar.unit) && (bar.perSecond ?? 0) < FASTEST_STEPS_PER_SECOND;
}

function progressOf(bar: TqdmBar): Announcement | null {
  const loss = lossIn(bar.postfix);
  const { description, done, total, unit, perSecond } = bar;
  if (unit !== 'epoch' && (description === '' || STEPS.test(description))) {
    // No pace is not a pace of nothing.
    const stepsPerSecond = perSecond === 0 ? undefined : (perSecond ?? undefined);
    return { kind: 'progress', step: done, total, loss, stepsPerSecond };
  }
  if (unit === 'epoch' || EPOCHS.test(description)) return { kind: 'progress', epoch: done, loss };
  const epoch = ONE_EPOCH.exec(description)?.[1];
  return epoch === undefined ? null : { kind: 'progress', epoch: printedNumber(epoch), loss };
}

function lossIn(postfix: string): number | undefined {
  if (!postfix.includes('loss=')) return undefined;
  const loss = /(?:^|, )loss=(-?\d{1,20}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?)(?:,|$)/.exec(postfix)?.[1];
  return loss === undefined ? undefined : printedNumber(loss);
}
