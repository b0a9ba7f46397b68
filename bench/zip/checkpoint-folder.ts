import { randomFillSync } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder as a Trainer leaves it: AdamW's state takes twice what the weights take. */
export interface CheckpointFolder {
  /** `checkpoint-600` is one of 600 MB. */
  readonly name: string;
  readonly megabytes: number;
  readonly bytes: number;
  readonly files: readonly string[];
}

const MB = 1_000_000;
const CHUNK_BYTES = 8 * MB;

/** @param saved The folder that checkpoints lie in. */
export const writeCheckpoint = async (saved: string, megabytes: number): Promise<CheckpointFolder> => {
  const name = `checkpoint-${megabytes}`;
  const folder = join(saved, name);
  await mkdir(folder, { recursive: true });
  const weights = Math.round(megabytes / 3) * MB;
  const large = { 'model.safetensors': weights, 'optimizer.pt': megabytes * MB - weights };
  for (const [file, bytes] of Object.entries(large)) await writeRandom(join(folder, file), bytes);
  const small = { 'config.json': 1200, 'generation_config.json': 120, 'trainer_state.json': 24_000 };
  for (const [file, bytes] of Object.entries(small)) await writeFile(join(folder, file), jsonOf(bytes));
  const bytes = Object.values({ ...large, ...small }).reduce((sum, each) => sum + each, 0);
  return { name, megabytes, bytes, files: [...Object.keys(large), ...Object.keys(small)] };
};

/** Random, so that nothing on the way can make it smaller. */
const writeRandom = async (path: string, bytes: number): Promise<void> => {
  const file = await open(path, 'w');
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; at < bytes; at += CHUNK_BYTES) {
    await file.write(randomFillSync(chunk), 0, Math.min(CHUNK_BYTES, bytes - at));
  }
  await file.close();
};

/** A JSON text of about that size. */
const jsonOf = (bytes: number): string =>
  JSON.stringify({
    log_history: Array.from({ length: bytes / 24 }, (_, step) => ({ step, loss: 1 / (step + 1) })),
  });
