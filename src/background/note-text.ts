import { translate } from '../browser/translate.ts';
import type { Note, NoteKind } from '../core/recovery/idioms/idiom.ts';
import { shortName } from '../core/plain-text.ts';

const WORDS = {
  'weights-only': 'cell_note_weights_only',
  'optimizer-by-version': 'cell_note_optimizer_by_version',
  'set-epoch': 'cell_note_set_epoch',
  'epoch-again': 'cell_note_epoch_again',
  'skip-batches': 'cell_note_skip_batches',
  'runs-again': 'cell_note_runs_again',
  'loop-elsewhere': 'cell_note_loop_elsewhere',
  'takes-newest': 'cell_note_takes_newest',
  'replay-buffer': 'cell_note_replay_buffer',
  'settings-of-checkpoint': 'cell_note_settings_of_checkpoint',
  'name-files': 'cell_note_name_files',
} as const satisfies Record<NoteKind, string>;

/** The sentence that stands as a comment in a resumed cell. */
export const noteText = ({ kind, value }: Note): string =>
  translate(WORDS[kind], value === '' ? [] : [shortName(value)]);
