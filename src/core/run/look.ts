import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { reachOf } from '../checkpoint/epochs.ts';
import { oldestFirst } from '../checkpoint/newer.ts';
import { seeOnDisk } from './disk-sight.ts';
import { seeStep } from './resumption.ts';
import type { Run, SeenCheckpoint } from './run.ts';

/** Rotated-away checkpoints remembered for the picture of the run. */
const MAX_GONE = 200;

/**
 * Takes in one look at the output folder. The first look of a run draws the line between what lay there before and what
 * this run writes; a folder of the same name that is written anew later is this run's.
 */
export const takeLook = (run: Run, found: readonly Checkpoint[], at: number): Run => {
  const baseline = run.baseline ?? firstBaseline(run, found);
  const present = found.map((checkpoint): SeenCheckpoint => ({
    ...checkpoint,
    origin: originOf(checkpoint, baseline, run.startedAt),
    gone: false,
  }));
  const names = new Set(present.map(({ name }) => name));
  const gone = run.checkpoints
    .filter(({ name, origin }) => !names.has(name) && origin === 'this-run')
    .map((checkpoint): SeenCheckpoint => ({ ...checkpoint, gone: true }))
    .slice(-MAX_GONE);
  return seeSaved({
    ...run,
    phase: seeOnDisk(run, found),
    baseline,
    lookedAt: at,
    folder: run.folder.kind === 'known' ? { ...run.folder, seen: true } : run.folder,
    checkpoints: [...gone, ...present].toSorted(oldestFirst),
  });
};

/** A run that prints nothing proves that it goes on by what it saves: further than where it began, and since it began. */
const seeSaved = (run: Run): Run => {
  const { resumption, startedAt } = run;
  if (resumption === null) return run;
  const reaches = run.checkpoints
    .filter(
      ({ origin, gone, modifiedAt }) =>
        origin === 'this-run' && !gone && modifiedAt !== null && modifiedAt > startedAt,
    )
    .flatMap((checkpoint) => reachOf(checkpoint, resumption.unit) ?? []);
  const furthest = reaches.reduce((most, reach) => Math.max(most, reach), 0);
  return furthest > resumption.fromStep ? { ...run, resumption: seeStep(resumption, furthest, null) } : run;
};

/** The folder is not there (yet): an empty line, so that whatever appears is this run's. */
export const takeEmptyLook = (run: Run, at: number): Run => ({
  ...takeLook(run, [], at),
  phase: seeOnDisk(run, null),
  folder: run.folder,
});

/**
 * A run that is seen from its start finds only older folders at its first look. One that is first looked at later — the
 * folder became known by a log line or by its user, the extension was installed meanwhile — goes by the times of the folders.
 * One whose time is not known yet counts as older until it is.
 */
const firstBaseline = (run: Run, found: readonly Checkpoint[]): Record<string, number | null> => {
  const { table, bar, log } = run.sightings;
  const isNamedLater = run.folder.kind === 'known' && run.folder.from === 'user';
  const late = table !== null || bar !== null || log !== null || isNamedLater;
  const older = late
    ? found.filter(({ modifiedAt }) => modifiedAt === null || modifiedAt < run.startedAt)
    : found;
  return Object.fromEntries(older.map(({ name, modifiedAt }) => [name, modifiedAt]));
};

const originOf = (
  checkpoint: Checkpoint,
  baseline: Readonly<Record<string, number | null>>,
  startedAt: number,
): SeenCheckpoint['origin'] => {
  if (!Object.hasOwn(baseline, checkpoint.name)) return 'this-run';
  // The time of an old folder may be unknown at the first look, which lists many by name only.
  const before = baseline[checkpoint.name] ?? startedAt;
  return checkpoint.modifiedAt !== null && checkpoint.modifiedAt > before ? 'this-run' : 'earlier';
};
