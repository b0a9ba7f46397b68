import { newestGood } from '../core/checkpoint/newest-good.ts';
import { bestCheckpoints } from '../core/recovery/best-checkpoints.ts';
import type { Run } from '../core/run/run.ts';
import type { KnownCopy } from './copies.ts';

/** Where a run would go on from. */
export interface RestartPoint {
  readonly name: string;
  readonly step: number;
  /**
   * The copies in this browser that have to be put back first, lowest step first; none when it lies on the disk. The last one is the
   * restart point itself; before it the best checkpoint, which the Trainer loads at the end of a run that keeps the best.
   */
  readonly restores: readonly RestoredCopy[];
}

export interface RestoredCopy {
  readonly copyId: string;
  readonly name: string;
  readonly step: number;
  readonly sizeBytes: number;
}

/**
 * The newest whole checkpoint, on the disk or kept in this browser. What lies on the disk is taken where both are of one step:
 * nothing has to be moved. A copy without the optimizer is no restart point.
 *
 * Copies go back in the order of their steps: Transformers (5.23) rotates by the times of the folders, oldest first, and the
 * disk gives them the time at which they are put back.
 *
 * @param copies Those of the run's notebook.
 */
export const restartPoint = (run: Run, copies: readonly KnownCopy[]): RestartPoint | null => {
  const there = run.checkpoints.filter(({ gone, origin }) => !gone && origin === 'this-run');
  const { good } = newestGood(there);
  const kept = copiesOf(run, copies);
  const newest = kept.reduce<RestoredCopy | null>(
    (best, copy) => (best === null || copy.step > best.step ? copy : best),
    null,
  );
  if (newest === null || newest.step <= (good?.step ?? -1))
    return good === null ? null : { name: good.name, step: good.step, restores: [] };
  const [bestName] = bestCheckpoints(run.checkpoints.filter(({ origin }) => origin === 'this-run'));
  const best = there.some(({ name }) => name === bestName)
    ? undefined
    : kept.find(({ name, step }) => name === bestName && step < newest.step);
  const { name, step } = newest;
  return { name, step, restores: best === undefined ? [newest] : [best, newest] };
};

/** Copies of this run's own checkpoints: of its folder, and of steps that it is known to have reached. */
const copiesOf = ({ checkpoints, folder }: Run, copies: readonly KnownCopy[]): readonly RestoredCopy[] =>
  copies.flatMap(({ record, view }) => {
    if (record?.state !== 'whole' || record.extent !== 'everything' || record.step === null) return [];
    const { id: copyId, name, step } = record;
    const isOfRun =
      folder.kind === 'known' &&
      record.from.folder === (folder.onServer === '' ? name : `${folder.onServer}/${name}`) &&
      checkpoints.some((known) => known.name === name && known.origin === 'this-run');
    return isOfRun ? [{ copyId, name, step, sizeBytes: view.sizeBytes }] : [];
  });
