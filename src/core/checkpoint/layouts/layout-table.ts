import type { Framework } from '../../framework.ts';
import { newestFirst } from '../newer.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { FolderListing, ListedFile } from '../listing.ts';
import { sb3Layout } from './agents.ts';
import { boostingLayout, xgboostLayout } from './boosting.ts';
import { composerLayout } from './composer.ts';
import { flaxLayout } from './jax.ts';
import { kerasLayout } from './keras.ts';
import { kohyaLayout } from './kohya.ts';
import type { FoundCheckpoint, Layout } from './layout.ts';
import { lightningLayout, nemoFileLayout } from './lightning.ts';
import { folderLayout } from './numbered-folders.ts';
import { paddleLayout } from './paddle.ts';
import { nanogptLayout, pytorchLayout } from './pytorch.ts';
import { coquiLayout, espnetLayout, vitsLayout } from './speech.ts';
import { tensorflowLayout } from './tensorflow.ts';
import { allennlpLayout, fairseqLayout, flairLayout, joeynmtLayout, opennmtLayout } from './text.ts';
import {
  detectron2Layout,
  fastaiLayout,
  mmengineLayout,
  styleganLayout,
  ultralyticsLayout,
} from './vision.ts';

/** Of files, in this order: names that are a framework's own come before those that anybody could give. */
export const LAYOUTS: readonly Layout[] = [
  nemoFileLayout,
  lightningLayout,
  tensorflowLayout,
  ultralyticsLayout,
  detectron2Layout,
  composerLayout,
  fairseqLayout,
  allennlpLayout,
  flairLayout,
  espnetLayout,
  vitsLayout,
  coquiLayout,
  opennmtLayout,
  joeynmtLayout,
  fastaiLayout,
  mmengineLayout,
  sb3Layout,
  styleganLayout,
  paddleLayout,
  kerasLayout,
  boostingLayout,
  xgboostLayout,
  kohyaLayout,
  flaxLayout,
  nanogptLayout,
  pytorchLayout,
];

/** More than this are not looked at: the oldest are left out. */
const MOST_CHECKPOINTS = 200;
/** What Holdfast itself writes before it is whole, and moves out of the way (`own-paths.ts`). */
const OWN = /^(?:restoring|before-restore-\d+)\.|\.holdfast-(?:part|old)$/;

/**
 * The checkpoints that a folder holds by the names in it, newest first: its folders (what lies in them is asked later), and the
 * files of one framework. The layouts of the one that is known to train are tried first, then all, in the order of the table.
 *
 * Newest is by time here, which a run that began again at step 0 needs; by number where times are equal.
 */
export const checkpointsIn = (folder: FolderListing, hint: Framework | null): readonly FoundCheckpoint[] => {
  const listing = withoutOwn(folder);
  const files = firstFound(layoutsFor(hint), listing, hint);
  return [...folderLayout.find(listing, hint), ...files].toSorted(byTime).slice(0, MOST_CHECKPOINTS);
};

/** The files of a checkpoint without a folder of its own; none where no framework finds it in that folder. */
export const filesOfCheckpoint = (
  folder: FolderListing,
  { name, form, framework }: Pick<Checkpoint, 'name' | 'form' | 'framework'>,
): readonly ListedFile[] => {
  const listing = withoutOwn(folder);
  for (const layout of layoutsFor(framework)) {
    const found = layout.find(listing, framework).find((each) => each.name === name && each.form === form);
    if (found !== undefined) return found.entries;
  }
  return [];
};

const withoutOwn = (folder: FolderListing): FolderListing => ({
  ...folder,
  entries: folder.entries.filter(({ name }) => !OWN.test(name)),
});

const layoutsFor = (hint: Framework | null): readonly Layout[] => [
  ...LAYOUTS.filter(({ frameworks }) => hint !== null && frameworks.includes(hint)),
  ...LAYOUTS,
];

const firstFound = (
  layouts: readonly Layout[],
  listing: FolderListing,
  hint: Framework | null,
): readonly FoundCheckpoint[] => {
  for (const layout of layouts) {
    const found = layout.find(listing, hint);
    if (found.length > 0) return found;
  }
  return [];
};

/** Newest change among its entries in the listing, the server's clock. */
export const changedAt = ({ entries }: FoundCheckpoint): number | null =>
  entries.reduce<number | null>(
    (newest, { modifiedAt }) => (modifiedAt === null ? newest : Math.max(newest ?? 0, modifiedAt)),
    null,
  );

const byTime = (one: FoundCheckpoint, other: FoundCheckpoint): number =>
  (changedAt(other) ?? 0) - (changedAt(one) ?? 0) || newestFirst(datedOf(one), datedOf(other));

const datedOf = (found: FoundCheckpoint) => ({ ...found.candidates[0], modifiedAt: changedAt(found) });
