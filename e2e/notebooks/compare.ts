import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/** What is compared of a checkpoint folder. Times and paths in its other files may differ, these must not. */
export interface CheckpointDigest {
  readonly globalStep: number;
  readonly adapterSha256: string;
  readonly optimizerSha256: string;
  /**
   * The last loss in trainer_state.json, or undefined when none was logged (Transformers 5.23 logs every 500
   * steps by default). It is the mean since the log before it, and after a resume since the resume: two runs
   * have the same one only when a log falls on the step resumed from.
   */
  readonly lastLoss: number | undefined;
}

const TrainerState = v.object({
  global_step: v.number(),
  log_history: v.array(v.object({ step: v.number(), loss: v.optional(v.number()) })),
});

/** @param folder a `checkpoint-N` folder that Transformers' Trainer wrote with a PEFT model */
export const digestCheckpoint = async (folder: string): Promise<CheckpointDigest> => {
  const text = await readFile(join(folder, 'trainer_state.json'), 'utf8');
  const state = v.parse(TrainerState, JSON.parse(text));
  return {
    globalStep: state.global_step,
    adapterSha256: await sha256(join(folder, 'adapter_model.safetensors')),
    optimizerSha256: await sha256(join(folder, 'optimizer.pt')),
    lastLoss: state.log_history.findLast((entry) => entry.loss !== undefined)?.loss,
  };
};

const sha256 = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
