import { type Announcement, type LogFormat, NOTHING } from '../log-format.ts';
import { folderOf, printedCount, printedPath, printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * Unsloth's start banner, the trace a step checkpoint leaves, and its MLX trainer.
 *
 * Source: unslothai/unsloth @ 015bdef0, `unsloth/models/llama.py` (banner, printed by default), the tokenizer saving
 * that prints "Restored added_tokens_decoder metadata" (warning, by default, in newer versions), and the MLX trainer.
 * Not a start: the banner at model loading, whose first line reads `Unsloth 2024.8: Fast … patching`. Not checkpoints:
 * exports (`Unsloth: Saving model...`, `Merge process complete`).
 */
export const unsloth: LogFormat = {
  name: 'unsloth',
  read({ messages }) {
    let announcements = NOTHING;
    for (const message of messages) announcements = announcements.concat(readMessage(message) ?? NOTHING);
    return announcements;
  },
};

const BANNER = /^==\(\(====\)\)==\s{1,8}Unsloth - .{0,80}\| Num GPUs/;
const BANNER_TOTAL =
  /(?:Num Epochs = [\d,]{1,30}|Total batch size = [\d,]{1,30}) \| Total steps = ([\d,]{1,30})$/;
const RESTORED = 'Unsloth: Restored added_tokens_decoder metadata in ';
const PRUNED = 'Unsloth: pruned old checkpoint ';
const SAVED = 'Saved checkpoint to ';

function readMessage(message: string): Announcement | null {
  if (BANNER.test(message)) return { kind: 'train_start', role: 'part' };
  if (message.startsWith(RESTORED)) return restored(message.slice(RESTORED.length));
  if (message.startsWith(PRUNED)) return withPath('deleted', message.slice(PRUNED.length));
  if (message.startsWith(SAVED)) return withPath('saved', message.slice(SAVED.length));
  if (!message.includes('| Total steps = ')) return null;
  const total = printedCount(BANNER_TOTAL.exec(message)?.[1] ?? '');
  return total === null ? null : { kind: 'train_start', role: 'part', total };
}

/** A tokenizer is also saved alone: only a `checkpoint-N` folder tells of a checkpoint. */
function restored(rest: string): Announcement | null {
  const file = printedPathOfSentence(rest, 'refused');
  const path = file === null ? null : folderOf(file);
  const step = path === null ? null : stepOfPath(path);
  return file === null || step === null ? null : { kind: 'saved', path, step, role: 'file', file };
}

function withPath(kind: 'saved' | 'deleted', rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  return path === null ? null : { kind, path, step: stepOfPath(path) };
}
