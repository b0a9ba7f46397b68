/** The caption under the Hugging Face Trainer's bar in a notebook. */
export interface ProgressCaption {
  /** Step as shown, which is one ahead while training. */
  readonly shownStep: number;
  readonly total: number;
  /** Epoch as printed (two decimals while training, cut to a whole number in the last draw). */
  readonly epoch: number;
  readonly epochIsWhole: boolean;
  readonly totalEpochs: number;
  readonly elapsedSeconds: number | null;
  readonly remainingSeconds: number | null;
  /** `null` before the second draw and in the last one. */
  readonly stepsPerSecond: number | null;
  /** Where it ends in the text. */
  readonly end: number;
}

// `[ 500/1878 02:05 < 05:44, 4.00 it/s, Epoch 0.80/3]`, first draw `[   2/1878 : < :, Epoch 0.00/3]`,
// last draw `[1878/1878 07:25, Epoch 3/3]`; `+inf it/s` when no time has passed. Without a
// known length the Trainer counts up to `sys.maxsize` epochs.
const CAPTION =
  /\[ {0,16}(\d{1,15})\/(\d{1,15}) (?:: < :|(\d[\d:]{0,15})(?: < (\d[\d:]{0,15}))?)(?:, (\d{1,15}\.\d{1,4}|\+inf) it\/s)?, Epoch (\d{1,9}(\.\d{1,9})?)\/(\d{1,20})\]/y;

/**
 * First caption at or behind `from`, `null` when there is none. An evaluation's bar has no epoch and is not one.
 * Source: transformers 3.1 to 5.23, `utils/notebook.py` (`NotebookProgressBar.update_bar`).
 */
export function findCaption(text: string, from: number): ProgressCaption | null {
  for (let at = text.indexOf('[', from); at !== -1; at = text.indexOf('[', at + 1)) {
    CAPTION.lastIndex = at;
    const match = CAPTION.exec(text);
    if (match === null) continue;
    const rate = Number(match[5]);
    return {
      shownStep: Number(match[1]),
      total: Number(match[2]),
      epoch: Number(match[6]),
      epochIsWhole: match[7] === undefined,
      totalEpochs: Number(match[8]),
      elapsedSeconds: secondsOf(match[3]),
      remainingSeconds: secondsOf(match[4]),
      stepsPerSecond: Number.isFinite(rate) && rate > 0 ? rate : null,
      end: CAPTION.lastIndex,
    };
  }
  return null;
}

/** `mm:ss` or `h:mm:ss`. */
function secondsOf(time: string | undefined): number | null {
  if (time === undefined || !/^(?:\d{1,9}:)?\d{1,2}:\d{2}$/.test(time)) return null;
  return time.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
