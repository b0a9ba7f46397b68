import { plainText, shortName } from '../../core/plain-text.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { UseCellView, UseSort, UseTrouble } from '../../protocol/use-view.ts';
import type { Translate } from '../translate.ts';
import type { ActionButton, RowButton } from './action-button.ts';
import { namesPhrase } from './names-phrase.ts';
import { FAILED } from './resume-line.ts';

/** Those that speak of one checkpoint. */
const IMPOSSIBLE = {
  'no-config': 'use_no_config',
  'no-base-model': 'use_no_base_model',
  'no-tokenizer': 'use_no_tokenizer',
  'model-unknown': 'use_model_unknown',
  'class-unknown': 'use_class_unknown',
  'files-not-read': 'use_files_not_read',
  'not-on-disk': 'use_not_on_disk',
} as const satisfies Partial<Record<UseTrouble, MessageKey>>;

const IMPOSSIBLE_FOR_ALL = {
  'framework-unknown': 'use_framework_unknown',
  'not-comparable': 'use_not_comparable',
  'different-kinds': 'use_different_kinds',
  'folder-unknown': 'use_folder_unknown',
} as const satisfies Record<Exclude<UseTrouble, keyof typeof IMPOSSIBLE>, MessageKey>;

const isForAll = (reason: UseTrouble): reason is keyof typeof IMPOSSIBLE_FOR_ALL =>
  reason in IMPOSSIBLE_FOR_ALL;

const reasonOf = (t: Translate, reason: UseTrouble, name: string): string =>
  isForAll(reason) ? t(IMPOSSIBLE_FOR_ALL[reason]) : t(IMPOSSIBLE[reason], [shortName(name)]);

/** Reasons after which the place of the files helps: the user loads them by hand. */
const WITH_PLACE: readonly UseTrouble[] = [
  'no-config',
  'no-base-model',
  'no-tokenizer',
  'framework-unknown',
  'model-unknown',
  'class-unknown',
];

const LONGEST_PATH = 200;

/** What became of a cell that was asked for. */
export interface UseLine {
  readonly line: string;
  readonly trouble: boolean;
  readonly copyText: string | null;
  /** Of the text to be copied, for screen readers. */
  readonly label: string;
  readonly undo: RowButton | null;
}

/** The button under the check boxes; it rests until something is ticked. */
export const useButton = (t: Translate, notebookId: string, names: readonly string[]): ActionButton => {
  const action = { kind: 'insert-use-cell', notebookId, names } as const;
  const [first] = names;
  if (first === undefined) return { label: t('use_none'), small: null, action, resting: true };
  return names.length === 1
    ? { label: t('use_load', [shortName(first)]), small: t('use_load_small'), action }
    : { label: t('use_compare', [String(names.length)]), small: t('use_compare_small'), action };
};

/** What to say of the two sorts of cells, as far as they were asked for. */
export const useLines = (t: Translate, { notebookId, uses }: NotebookView): readonly UseLine[] =>
  (['one', 'compare'] as const).flatMap((sort) => {
    const use = uses[sort];
    return use === null ? [] : [lineOf(t, notebookId, sort, use)];
  });

const lineOf = (t: Translate, notebookId: string, sort: UseSort, { names, state }: UseCellView): UseLine => {
  const phrase = namesPhrase(t, names);
  const label = t(sort === 'one' ? 'use_text_load' : 'use_text_compare');
  switch (state.kind) {
    case 'inserted': {
      const undo = t('undo_button');
      return {
        line: t(sort === 'one' ? 'use_inserted_load' : 'use_inserted_compare', [phrase]),
        trouble: false,
        copyText: null,
        label,
        undo: {
          label: undo,
          spokenLabel: t('button_label', [undo, phrase]),
          action: { kind: 'undo-use-cell', notebookId, sort },
        },
      };
    }
    case 'copy':
      return { line: t('cell_copy'), trouble: false, copyText: state.text, label, undo: null };
    case 'failed':
      return { line: t(FAILED[state.reason]), trouble: true, copyText: state.text, label, undo: null };
    case 'impossible': {
      const reason = reasonOf(t, state.reason, names[0] ?? '');
      const withPlace = WITH_PLACE.includes(state.reason) && state.path !== '';
      return {
        line: withPlace ? t('use_files_at', [reason, plainText(state.path, LONGEST_PATH)]) : reason,
        trouble: true,
        copyText: null,
        label,
        undo: null,
      };
    }
    default:
      return state satisfies never;
  }
};
