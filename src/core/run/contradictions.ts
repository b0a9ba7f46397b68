import { reachOf } from '../checkpoint/epochs.ts';
import { newestOnDisk, printedPosition } from './progress.ts';
import type { Run } from './run.ts';

/** Two sources that do not agree. It is shown as such; nothing is averaged or hidden. */
export type Contradiction =
  | { readonly kind: 'announced-not-on-disk'; readonly path: string }
  | { readonly kind: 'deleted-still-on-disk'; readonly path: string }
  | { readonly kind: 'step-behind-folder'; readonly shown: number; readonly folder: number };

/**
 * While it trains, a look this soon after an announcement proves nothing: a save is announced before it is written, a
 * removal before it is done (transformers/trainer.py), and both take long on a slow disk.
 */
const SETTLED_MS = 10_000;
/** A page whose last step is younger than this does not stand still: notebooks redraw a table about twice a second. */
const STILL_MS = 10_000;

/** Contradictions between what the output announced and what lies on the disk, at the last look. */
export const contradictionsIn = (run: Run): readonly Contradiction[] => {
  if (run.lookedAt === null || run.folder.kind !== 'known') return [];
  const onDisk = new Set(run.checkpoints.filter(({ gone }) => !gone).map(({ name }) => name));
  const known = new Set(run.checkpoints.map(({ name }) => name));
  const newestAnnounced = run.announced.saved.findLast(isCheckpoint);
  // Only the newest announcement is weighed: an older one may have been rotated away between two looks.
  const missing =
    newestAnnounced !== undefined && !known.has(nameOf(newestAnnounced)) && announcedBeforeLook(run)
      ? [{ kind: 'announced-not-on-disk' as const, path: newestAnnounced }]
      : [];
  const undead = run.announced.deleted
    .filter((path) => onDisk.has(nameOf(path)) && announcedBeforeLook(run))
    .map((path) => ({ kind: 'deleted-still-on-disk' as const, path }));
  return [...missing, ...undead, ...frozenPage(run)];
};

/** The folder is further than the page says: the page's output stands still. */
const frozenPage = (run: Run): readonly Contradiction[] => {
  const printed = printedPosition(run);
  const saved = newestOnDisk(run);
  const reach = printed === null || saved === null ? null : reachOf(saved, printed.unit);
  if (printed === null || reach === null || reach <= printed.step) return [];
  if (run.lookedAt === null || run.lookedAt - printed.at < STILL_MS) return [];
  return [{ kind: 'step-behind-folder', shown: printed.step, folder: reach }];
};

const announcedBeforeLook = ({ announced, lookedAt, phase }: Run): boolean =>
  announced.at !== null &&
  lookedAt !== null &&
  lookedAt - announced.at > (phase.kind === 'training' ? SETTLED_MS : 0);

const nameOf = (path: string): string =>
  path
    .replace(/[/\\]+$/, '')
    .split(/[/\\]/)
    .at(-1) ?? path;
const isCheckpoint = (path: string): boolean => /^checkpoint-\d+$/.test(nameOf(path));
