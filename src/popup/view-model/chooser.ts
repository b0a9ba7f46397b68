import type { Extent } from '../../protocol/home-view.ts';
import type { CheckpointView, NotebookView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import { plural } from './plural.ts';
import { spokenSize } from './quantities.ts';
import { sumOfSizes, takeableCheckpoints } from './takeable.ts';

/** A check box: one checkpoint that can be downloaded. */
export interface Choice {
  readonly name: string;
  readonly title: string;
  readonly fullTitle: string;
  readonly size: string;
  readonly ticked: boolean;
}

/** What is chosen, and what it comes to. */
export interface Chosen {
  readonly choices: readonly Choice[];
  /** Names to ask for, in the order of the list. */
  readonly names: readonly string[];
  readonly total: string;
}

const sizeOf = ({ sizeBytes, inferenceBytes }: CheckpointView, extent: Extent): number | null =>
  extent === 'everything' ? sizeBytes : inferenceBytes;

/** Ticks on checkpoints that have left the list since count for nothing. */
export const chosenOf = (
  t: Translate,
  view: NotebookView,
  ticked: ReadonlySet<string>,
  extent: Extent,
): Chosen => {
  const all = takeableCheckpoints(view);
  const chosen = all.filter(({ name }) => ticked.has(name));
  const size = sumOfSizes(chosen.map((checkpoint) => sizeOf(checkpoint, extent)));
  const count = String(chosen.length);
  return {
    choices: all.map((checkpoint) => {
      const bytes = sizeOf(checkpoint, extent);
      return {
        name: checkpoint.name,
        title: shortName(checkpoint.name),
        fullTitle: longName(checkpoint.name),
        size: bytes === null ? t('checkpoint_size_unknown') : spokenSize(t, bytes),
        ticked: ticked.has(checkpoint.name),
      };
    }),
    names: chosen.map(({ name }) => name),
    total:
      chosen.length === 0
        ? t('chooser_none')
        : size === null
          ? plural(t, 'chooser_total_unsized', chosen.length)
          : plural(t, 'chooser_total', chosen.length, [count, spokenSize(t, size)]),
  };
};
