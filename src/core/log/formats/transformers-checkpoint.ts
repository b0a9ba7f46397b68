import { type Announcement, type Phrase, phraseFormat } from '../log-format.ts';
import { folderOf, printedPath, printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * Saving, rotating and loading of checkpoints by the Hugging Face Trainer.
 *
 * Source: transformers 3.0 to 5.23, `trainer.py` (`_save`, `rotate_checkpoints`, `_load_best_model`,
 * `_load_from_checkpoint`, `_issue_warnings_after_load`), `configuration_utils.py`, `modeling_utils.py`,
 * `tokenization_utils_base.py`, `feature_extraction_utils.py`, `image_processing_base.py`, `processing_utils.py`.
 * Shown by default from 4.8 to 4.26, only with `log_level="info"` before and after; the missing-keys warning always.
 */
export const transformersCheckpoint = phraseFormat('transformers-checkpoint', [
  { start: 'Saving model checkpoint to ', read: (rest) => saved(printedPath(rest, 'allowed')) },
  { start: 'Deleting older checkpoint [', read: deleted },
  { start: 'Loading best model from ', read: best },
  { start: 'Loading model from ', read: loaded },
  { start: 'There were missing keys in the checkpoint model loaded: [', read: () => ({ kind: 'loaded' }) },
  { start: 'There were unexpected keys in the checkpoint model loaded: [', read: () => ({ kind: 'loaded' }) },
  ...fileOfModel('Configuration saved in ', /config\.json$/),
  ...fileOfModel('Model weights saved in ', /\.(?:bin|safetensors|h5|msgpack)$/),
  ...fileOfCheckpoint('tokenizer config file saved in '),
  ...fileOfCheckpoint('Special tokens file saved in '),
  ...fileOfCheckpoint('chat template saved in '),
  ...fileOfCheckpoint('Feature extractor saved in '),
  ...fileOfCheckpoint('Image processor saved in '),
  ...fileOfCheckpoint('processor saved in '),
]);

function saved(path: string | null): Announcement | null {
  return path === null ? null : { kind: 'saved', path, step: stepOfPath(path) };
}

function deleted(rest: string): Announcement | null {
  const end = rest.lastIndexOf('] due to args.save_total_limit');
  const path = end === -1 ? null : printedPath(rest.slice(0, end), 'allowed');
  return path === null ? null : { kind: 'deleted', path, step: stepOfPath(path) };
}

function best(rest: string): Announcement | null {
  const end = rest.lastIndexOf(' (score: ');
  const path = end === -1 ? null : printedPath(rest.slice(0, end), 'allowed');
  return path === null ? null : { kind: 'best', path, step: stepOfPath(path) };
}

/**
 * Many programs print "Loading model from"; only the Trainer follows it with one of its own folders. 4.2 and 4.3 print
 * a stray bracket before the full stop.
 */
function loaded(rest: string): Announcement | null {
  const sentence = rest.trimEnd();
  const path = printedPathOfSentence(sentence.endsWith(').') ? sentence.slice(0, -2) : sentence, 'allowed');
  const step = path === null ? null : stepOfPath(path);
  return step === null ? null : { kind: 'loaded', path, step };
}

function fileOfModel(start: string, name: RegExp): readonly Phrase[] {
  return [{ start, read: (rest) => fileSaved(printedPath(rest, 'allowed'), name) }];
}

/** A tokenizer or processor is also saved alone, which is no checkpoint: only `checkpoint-N` folders count. */
function fileOfCheckpoint(start: string): readonly Phrase[] {
  const read = (rest: string): Announcement | null => {
    const found = fileSaved(printedPathOfSentence(rest, 'allowed'), /./);
    return typeof found?.step === 'number' ? found : null;
  };
  return [{ start, read }];
}

function fileSaved(file: string | null, name: RegExp): Announcement | null {
  const path = file === null ? null : folderOf(file);
  if (file === null || path === null || !name.test(file)) return null;
  return { kind: 'saved', path, step: stepOfPath(path), role: 'file', file };
}
