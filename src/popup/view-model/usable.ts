import type { CheckpointView, NotebookView } from '../../protocol/popup-view.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import type { Choice } from './chooser.ts';
import { namesPhrase } from './names-phrase.ts';
import { spokenSize } from './quantities.ts';
import { newestGood } from './takeable.ts';

/**
 * Checkpoints that a cell could load: what lies on the disk and is not being written. A broken one too, since what is broken
 * of it may be what only training needs. None where the server's files cannot be read: they tell how it is loaded.
 */
export const usableCheckpoints = ({ state, health }: NotebookView): readonly CheckpointView[] =>
  state.kind === 'idle' || health.files !== 'working'
    ? []
    : state.run.checkpoints.filter(({ gone, integrity }) => !gone && integrity.kind !== 'writing');

/** What is ticked before anybody chose: the newest good one. */
export const firstUsable = ({ state }: NotebookView): ReadonlySet<string> => {
  const newest = state.kind === 'idle' ? null : newestGood(state.run);
  return new Set(newest === null ? [] : [newest.name]);
};

export const usableChoices = (
  t: Translate,
  view: NotebookView,
  ticked: ReadonlySet<string>,
): readonly Choice[] =>
  usableCheckpoints(view).map(({ name, sizeBytes, integrity }) => ({
    name,
    title: shortName(name),
    fullTitle: longName(name),
    size:
      integrity.kind === 'broken'
        ? t('checkpoint_broken')
        : sizeBytes === null
          ? t('checkpoint_size_unknown')
          : spokenSize(t, sizeBytes),
    ticked: ticked.has(name),
  }));

/** Checkpoints that must be put back before a cell can load them; `null`: there are none. */
export const restoreFirst = (t: Translate, { state }: NotebookView): string | null => {
  const kept =
    state.kind === 'idle' ? [] : state.run.checkpoints.filter(({ gone, copyId }) => gone && copyId !== null);
  return kept.length === 0
    ? null
    : t('use_restore_first', [
        namesPhrase(
          t,
          kept.map(({ name }) => name),
        ),
      ]);
};
