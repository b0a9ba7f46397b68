import type { Announcement, LogFormat } from '../log-format.ts';
import { numberInDict } from '../printed-values.ts';

/**
 * The dict of metrics the Hugging Face Trainer prints every `logging_steps`:
 * `{'loss': 0.0066, 'grad_norm': 1.2, 'learning_rate': 6.45e-07, 'epoch': 2.91}`. It does not hold the step.
 *
 * Source: transformers 3.0 to 5.23, `trainer_callback.py` (`ProgressCallback.on_log`, `PrinterCallback.on_log`);
 * since 5.0 the numbers are strings of four significant digits. TRL's trainers add keys of their own. Dicts of an
 * evaluation have `eval_loss` instead of `loss` and are no progress of the training.
 */
export const transformersMetrics: LogFormat = {
  name: 'transformers-metrics',
  readsUnfinishedLines: true,
  phrases: [{ start: "{'", takesAll: true, read }],
};

function read(dict: string): Announcement | null {
  if (!dict.endsWith('}') || !dict.includes("'loss': ")) return null;
  const epoch = numberInDict(dict, 'epoch');
  if (epoch === null && !dict.includes("'learning_rate': ")) return null;
  const loss = numberInDict(dict, 'loss') ?? undefined;
  return { kind: 'progress', epoch, loss };
}
