import * as v from 'valibot';
import type { Metric, TrainerState } from './checkpoint.ts';

/** Anything but a finite number (missing, `NaN` read as `null`, a word) is not known. */
const finite = v.fallback(v.nullable(v.pipe(v.number(), v.finite())), null);
const text = v.fallback(v.nullable(v.string()), null);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const trainerStateSchema = v.object({
  global_step: count,
  epoch: finite,
  max_steps: v.fallback(v.nullable(count), null),
  save_steps: finite,
  best_metric: finite,
  best_model_checkpoint: text,
  log_history: v.fallback(v.array(v.unknown()), []),
});
const logEntrySchema = v.looseObject({ step: count });

/** An evaluation with more metrics than this shows the first. */
const MOST_METRICS = 8;
const LONGEST_NAME = 60;
/** How long it took and how fast it was (`speed_metrics` in transformers/trainer_utils.py) is no quality of a model. */
const isSpeed = (name: string): boolean =>
  /(?:^|_)(?:runtime|per_second|preparation_time|compilation_time)$/.test(name);

/**
 * What a parsed `trainer_state.json` tells; `null` when it is not one. Only `global_step` has to be there: the other
 * fields came and went with the versions (`TrainerState` in Transformers 3.0 to 5.23, `trainer_callback.py`).
 */
export function readTrainerState(parsed: unknown): TrainerState | null {
  const read = v.safeParse(trainerStateSchema, parsed);
  if (!read.success) return null;
  const state = read.output;
  return {
    globalStep: state.global_step,
    epoch: state.epoch,
    maxSteps: state.max_steps,
    saveSteps: state.save_steps,
    bestMetric: state.best_metric,
    bestModelCheckpoint: state.best_model_checkpoint,
    lastLoss: lastOf(state.log_history, 'loss', state.global_step),
    lastEvalLoss: lastOf(state.log_history, 'eval_loss', state.global_step),
    lastMetrics: lastMetricsOf(state.log_history, state.global_step),
  };
}

/** The last entry that carries the key decides: if its loss is not a finite number, no older one is shown in its place. */
function lastOf(
  history: readonly unknown[],
  key: 'loss' | 'eval_loss',
  upToStep: number,
): { readonly step: number; readonly loss: number } | null {
  for (const raw of history.toReversed()) {
    const entry = v.safeParse(logEntrySchema, raw);
    if (!entry.success || entry.output.step > upToStep || !(key in entry.output)) continue;
    const loss = entry.output[key];
    return typeof loss === 'number' && Number.isFinite(loss) ? { step: entry.output.step, loss } : null;
  }
  return null;
}

/** All that was measured at the step of the last evaluation; several datasets have an entry each (`eval_NAME_f1`). */
function lastMetricsOf(history: readonly unknown[], upToStep: number): TrainerState['lastMetrics'] {
  let at: number | null = null;
  const metrics: Metric[][] = [];
  for (const raw of history.toReversed()) {
    const entry = v.safeParse(logEntrySchema, raw);
    if (!entry.success || entry.output.step > upToStep) continue;
    if (at !== null && entry.output.step !== at) break;
    if (!Object.keys(entry.output).some((key) => key.startsWith('eval_'))) continue;
    at = entry.output.step;
    metrics.unshift(metricsIn(entry.output));
  }
  return at === null ? null : { step: at, metrics: metrics.flat().slice(0, MOST_METRICS) };
}

const metricsIn = (entry: Readonly<Record<string, unknown>>): Metric[] =>
  Object.entries(entry).flatMap(([key, value]) => {
    const name = key.startsWith('eval_') ? key.slice('eval_'.length) : '';
    const isMetric = name !== '' && name !== 'loss' && name.length <= LONGEST_NAME && !isSpeed(name);
    return isMetric && typeof value === 'number' && Number.isFinite(value) ? [{ name, value }] : [];
  });
