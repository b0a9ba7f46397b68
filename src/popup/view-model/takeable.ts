import type { CopyView, JobView } from '../../protocol/home-view.ts';
import type { CheckpointView, NotebookView, RunView } from '../../protocol/popup-view.ts';

/** Whether a checkpoint on the disk can be brought home: it is there, and neither broken nor being written. */
export const isTakeable = ({ gone, integrity }: CheckpointView): boolean =>
  !gone && integrity.kind !== 'broken' && integrity.kind !== 'writing';

/** Checkpoints that can be chosen: none where the server's files cannot be read. */
export const takeableCheckpoints = ({ state, health }: NotebookView): readonly CheckpointView[] =>
  state.kind === 'idle' || health.files !== 'working' ? [] : state.run.checkpoints.filter(isTakeable);

/**
 * Whether less than all of its checkpoints can be asked for: of a folder, what inference needs. What of a file that is, nobody can
 * tell from outside.
 */
export const canTakeLess = ({ state }: NotebookView): boolean =>
  state.kind === 'idle' || state.run.checkpoints.every(({ form }) => form === 'folder');

/** Whether a server is there that takes files, as far as is known. */
export const filesMayAnswer = ({ health: { files } }: NotebookView): boolean =>
  files === 'working' || files === 'not-tried';

/** The newest of this run that is whole; where none is, the newest with nothing wrong about it. */
export const newestGood = ({ checkpoints }: RunView): CheckpointView | null => {
  const newestFirst = checkpoints.filter(({ origin, gone }) => origin === 'this-run' && !gone);
  return (
    newestFirst.find(({ integrity }) => integrity.kind === 'complete') ??
    newestFirst.find(({ integrity }) => integrity.kind === 'unproven') ??
    null
  );
};

/** The result of a run: its newest good checkpoint, and the best one if that is another. The older first. */
export const resultOf = (run: RunView): readonly CheckpointView[] => {
  const newest = newestGood(run);
  if (newest === null) return [];
  const best = run.checkpoints.find(
    (checkpoint) => checkpoint.isBest && isTakeable(checkpoint) && checkpoint.name !== newest.name,
  );
  if (best === undefined) return [newest];
  const isOlder = run.checkpoints.indexOf(best) > run.checkpoints.indexOf(newest);
  return isOlder ? [best, newest] : [newest, best];
};

/** The newest that has a whole copy in this browser, wherever else it is. */
export const newestKept = ({ checkpoints }: RunView): (CheckpointView & { readonly copyId: string }) | null =>
  checkpoints.flatMap((checkpoint) =>
    checkpoint.copyId === null ? [] : [{ ...checkpoint, copyId: checkpoint.copyId }],
  )[0] ?? null;

const isOver = ({ state: { kind } }: JobView): boolean => kind === 'done' || kind === 'failed';

/** Names that are on their way into a zip, all of them complete with what resuming needs. */
export const namesUnderWay = (jobs: readonly JobView[]): ReadonlySet<string> =>
  new Set(
    jobs
      .filter((job) => !isOver(job) && job.to === 'zip' && job.extent === 'everything')
      .flatMap(({ names }) => names),
  );

/**
 * Whether a copy is being finished, put into a zip or back on the server. A job that has no copy yet is known by names.
 *
 * @param isOwn It is a copy of the notebook whose jobs these are.
 */
export const isUnderWay = (jobs: readonly JobView[], copy: CopyView, isOwn: boolean): boolean =>
  jobs.some((job) => {
    if (isOver(job) || job.state.kind === 'paused') return false;
    if (job.copyIds.includes(copy.id)) return job.to !== 'browser';
    const isNamed = (isOwn || copy.canGoOn) && job.extent === copy.extent && job.names.includes(copy.name);
    return (
      isNamed && job.copyIds.length < job.names.length && (job.to === 'zip' || copy.state === 'unfinished')
    );
  });

/** Sum of sizes, `null` where one of them is not known. */
export const sumOfSizes = (sizes: readonly (number | null)[]): number | null =>
  sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
