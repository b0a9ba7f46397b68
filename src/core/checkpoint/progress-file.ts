import * as v from 'valibot';
import type { FileVerdict } from './proof.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * `training_metadata.json` of Keras's BackupAndRestore (3.15): epochs that are done, and batches of the next one. It is written
 * over the old one, so `batch` may be missing in older versions.
 */
const kerasSchema = v.object({ epoch: count });
/** `train_state.json` of kohya's scripts (0.10.1). */
const kohyaSchema = v.object({ current_epoch: count, current_step: count });

/** How far a small JSON file says that its checkpoint is; `null` when it is no such file. */
export function readProgress(parsed: unknown): FileVerdict | null {
  const kohya = v.safeParse(kohyaSchema, parsed);
  if (kohya.success)
    return { kind: 'progress', step: kohya.output.current_step, epoch: kohya.output.current_epoch };
  const keras = v.safeParse(kerasSchema, parsed);
  return keras.success ? { kind: 'progress', step: null, epoch: keras.output.epoch } : null;
}
