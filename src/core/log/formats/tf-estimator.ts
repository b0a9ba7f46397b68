import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { printedFile, printedFileOfSentence } from '../printed-values.ts';

/**
 * TensorFlow's Estimator, the hooks of TensorFlow 1, Slim and the Object Detection API.
 *
 * Source: tensorflow/estimator @ 26a7dc2 (2.10), `estimator.py`, `training.py`; tensorflow 1.x,
 * `python/training/basic_session_run_hooks.py`, `saver.py`; `contrib/slim/python/slim/learning.py`;
 * `object_detection/model_lib_v2.py`. INFO of `tf.logging`, shown by default, often twice. The file is the printed name
 * with the step (`model.ckpt-1000`); rotation is silent.
 *
 * `Restoring parameters from` is printed at every evaluation as well as on resuming, so it says only that something was
 * loaded. Not an event: `Saving dict for global step` and `Saving 'checkpoint_path' summary` (metrics),
 * `Calling checkpoint listeners …`, `Create CheckpointSaverHook.`, `Warm-starting from`, `SavedModel written to`.
 */
export const tfEstimator = phraseFormat('tf-estimator', [
  { start: 'Saving checkpoints for ', read: saved },
  { start: 'Saving checkpoint to path ', read: savedBySlim },
  { start: 'Restoring parameters from ', read: restoring },
  { start: 'Start train and evaluate loop', read: () => ({ kind: 'train_start' }) },
  { start: 'Loss for final step: ', read: () => ({ kind: 'train_end' }) },
  { start: 'loss = ', read: (rest) => progress(`loss = ${rest}`, /, step = (\d{1,15})(?=[, ]|$)/) },
  { start: 'step = ', read: (rest) => progress(`step = ${rest}`, /^step = (\d{1,15}), /) },
  { start: 'global step ', read: (rest) => progress(rest, /^(\d{1,15}): loss = /) },
  { start: 'global_step ', read: (rest) => progress(rest, /^(\d{1,15}): loss = /) },
  { start: 'Step ', read: (rest) => progress(rest, /^(\d{1,15}) per-step time /) },
]);

function saved(rest: string): Announcement | null {
  const [prefix, step] = /^(\d{1,15}) into /.exec(rest) ?? [];
  const path = prefix === undefined ? null : printedFileOfSentence(rest.slice(prefix.length));
  if (path === null) return null;
  return { kind: 'saved', path, step: Number(step), pathInContext: `${path}-${step}` };
}

function savedBySlim(rest: string): Announcement | null {
  const path = printedFileOfSentence(rest);
  return path === null ? null : { kind: 'saved', path, step: stepOfFile(path) };
}

function restoring(rest: string): Reading {
  const path = printedFile(rest);
  return path === null ? null : { kind: 'loaded', path, step: stepOfFile(path) };
}

function progress(rest: string, pattern: RegExp): Announcement | null {
  const step = pattern.exec(rest)?.[1];
  if (step === undefined) return null;
  const loss = /(?:^|[ ,])loss ?= ?(-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)(?=[, (]|$)/.exec(rest)?.[1];
  return { kind: 'progress', step: Number(step), ...(loss === undefined ? {} : { loss: Number(loss) }) };
}

function stepOfFile(path: string): number | null {
  const step = /\.ckpt-(\d{1,15})$/.exec(path)?.[1];
  return step === undefined ? null : Number(step);
}
