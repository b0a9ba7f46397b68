import type { CheckpointForm } from '../core/checkpoint/checkpoint.ts';
import { compareAge, newestOf } from '../core/checkpoint/newer.ts';
import { newestGood } from '../core/checkpoint/newest-good.ts';
import type { Framework } from '../core/framework.ts';
import { bestCheckpoints } from '../core/recovery/best-checkpoints.ts';
import type { Run } from '../core/run/run.ts';
import { newestChange } from '../vault/copy-record.ts';
import type { KnownCopy } from './copies.ts';

/** Where a run would go on from. */
export interface RestartPoint {
  readonly name: string;
  readonly framework: Framework;
  readonly form: CheckpointForm;
  readonly step: number | null;
  /** As its framework counts them. */
  readonly epoch: number | null;
  /**
   * The copies in this browser that have to be put back first, lowest step first; none when it lies on the disk. The last one is the
   * restart point itself; before it the best checkpoint, which the Trainer loads at the end of a run that keeps the best.
   */
  readonly restores: readonly RestoredCopy[];
}

export interface RestoredCopy {
  readonly copyId: string;
  readonly name: string;
  readonly framework: Framework;
  readonly form: CheckpointForm;
  readonly step: number | null;
  readonly epoch: number | null;
  /** Newest change of its files, the server's clock. */
  readonly modifiedAt: number | null;
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
  const newest = newestOf(kept);
  if (newest === null || (good !== null && compareAge(newest, good) <= 0))
    return good === null ? null : pointAt(good, []);
  const [bestName] = bestCheckpoints(run.checkpoints.filter(({ origin }) => origin === 'this-run'));
  const best = there.some(({ name }) => name === bestName)
    ? undefined
    : kept.find((copy) => copy.name === bestName && compareAge(copy, newest) < 0);
  return pointAt(newest, best === undefined ? [newest] : [best, newest]);
};

const pointAt = (
  { name, framework, form, step, epoch }: Omit<RestartPoint, 'restores'>,
  restores: RestartPoint['restores'],
): RestartPoint => ({ name, framework, form, step, epoch, restores });

/** Copies of this run's own checkpoints: of its folder, and of steps that it is known to have reached. */
const copiesOf = ({ checkpoints, folder }: Run, copies: readonly KnownCopy[]): readonly RestoredCopy[] =>
  copies.flatMap(({ record, view }) => {
    if (record?.state !== 'whole' || record.extent !== 'everything') return [];
    const { id: copyId, name, framework, form, step, epoch } = record;
    const isOfRun =
      folder.kind === 'known' &&
      record.from.folder === (folder.onServer === '' ? name : `${folder.onServer}/${name}`) &&
      checkpoints.some((known) => known.name === name && known.origin === 'this-run');
    const modifiedAt = newestChange(record);
    const { sizeBytes } = view;
    return isOfRun ? [{ copyId, name, framework, form, step, epoch, modifiedAt, sizeBytes }] : [];
  });
