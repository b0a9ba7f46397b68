import type { NotebookView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';
import type { ActionButton } from './action-button.ts';
import { listPhrase } from './names-phrase.ts';
import { spokenSize } from './quantities.ts';
import { namesUnderWay, newestGood, newestKept, resultOf, sumOfSizes } from './takeable.ts';

const bringHome = (
  t: Translate,
  { notebookId, home }: NotebookView,
  names: readonly string[],
  small: string,
): ActionButton => {
  const underWay = namesUnderWay(home.jobs);
  const label = t('download_button');
  const action = { kind: 'bring-home', notebookId, names, extent: 'everything', to: 'zip' } as const;
  return names.every((name) => underWay.has(name))
    ? { label, small: t('download_under_way'), action, resting: true }
    : { label, small, action };
};

/** The disk does not give it: what this browser has of it. */
const downloadKept = (t: Translate, { notebookId }: NotebookView, run: RunView): ActionButton | null => {
  const kept = newestKept(run);
  return kept === null
    ? null
    : {
        label: t('download_button'),
        small: t('download_small_kept', [shortName(kept.name)]),
        action: { kind: 'zip-copy', notebookId, copyId: kept.copyId },
      };
};

/** After the end: the result in one zip. `null` where neither the disk nor this browser gives it. */
export const downloadResult = (t: Translate, view: NotebookView, run: RunView): ActionButton | null => {
  const result = view.health.files === 'working' ? resultOf(run) : [];
  if (result.length === 0) return downloadKept(t, view, run);
  const steps = listPhrase(
    t,
    result.map(({ name, step }) => (step === null || run.unit === 'epochs' ? shortName(name) : String(step))),
  );
  const size = sumOfSizes(result.map(({ sizeBytes }) => sizeBytes));
  const small =
    size === null ? t('download_small_unsized', [steps]) : t('download_small', [steps, spokenSize(t, size)]);
  // Newest first, as everywhere in the list.
  return bringHome(t, view, result.map(({ name }) => name).toReversed(), small);
};

/** While it trains: the newest good one. */
export const downloadNewest = (t: Translate, view: NotebookView, run: RunView): ActionButton | null => {
  const newest = view.health.files === 'working' ? newestGood(run) : null;
  if (newest === null) return null;
  const name = shortName(newest.name);
  const small =
    newest.sizeBytes === null ? name : t('download_small_newest', [name, spokenSize(t, newest.sizeBytes)]);
  return bringHome(t, view, [newest.name], small);
};
