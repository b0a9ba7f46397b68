import * as v from 'valibot';
import type { Chunk } from './proof.ts';
import { parsePythonJson } from './python-json.ts';
import { decodeUtf8 } from './utf8.ts';
import { seriesOf, type Series, type SeriesPoint } from '../history/series.ts';

/** The losses that a `trainer_state.json` has logged up to its own step. */
export interface LossHistory {
  readonly globalStep: number;
  readonly loss: Series;
  readonly evalLoss: Series;
}

const step = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const stateSchema = v.object({ global_step: step, log_history: v.array(v.unknown()) });
const entrySchema = v.looseObject({ step });

/**
 * The curves in a parsed `trainer_state.json` (`log_history` of Transformers 3.0 to 5.23); `null` when it is not one. A loss
 * that is no number (`NaN` and `Infinity` of Python come as `null`) stays as a gap; an entry without a step is passed over, as
 * is one beyond the file's own step. What a run logged twice at a step counts as it was logged last.
 */
export function readLossHistory(parsed: unknown): LossHistory | null {
  const read = v.safeParse(stateSchema, parsed);
  if (!read.success) return null;
  const { global_step: globalStep, log_history: history } = read.output;
  const loss: SeriesPoint[] = [];
  const evalLoss: SeriesPoint[] = [];
  for (const raw of history) {
    const entry = v.safeParse(entrySchema, raw);
    if (!entry.success || entry.output.step > globalStep) continue;
    if ('loss' in entry.output) loss.push(pointOf(entry.output.step, entry.output['loss']));
    if ('eval_loss' in entry.output) evalLoss.push(pointOf(entry.output.step, entry.output['eval_loss']));
  }
  return { globalStep, loss: seriesOf(loss), evalLoss: seriesOf(evalLoss) };
}

/** The same out of a file's bytes, read from its beginning; `null` where they are none of such a file. */
export function lossHistoryIn(chunks: readonly Chunk[]): LossHistory | null {
  const whole = chunks.find(({ from }) => from === 0);
  const text = whole === undefined ? null : decodeUtf8(whole.bytes);
  return text === null ? null : readLossHistory(parsePythonJson(text));
}

const pointOf = (step: number, value: unknown): SeriesPoint => ({
  step,
  value: typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN,
});
