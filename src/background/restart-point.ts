import { newestGood } from '../core/checkpoint/newest-good.ts';
import type { Run } from '../core/run/run.ts';
import type { KnownCopy } from './copies.ts';

/** Where a run would go on from. */
export interface RestartPoint {
  readonly name: string;
  readonly step: number;
  /** The copy in this browser that has to be put back first; `null`: it lies on the disk. */
  readonly copy: { readonly copyId: string; readonly sizeBytes: number } | null;
}

/**
 * The newest whole checkpoint, on the disk or kept in this browser. What lies on the disk is taken where both are of one step:
 * nothing has to be moved. A copy without the optimizer is no restart point.
 *
 * @param copies Those of the run's notebook.
 */
export const restartPoint = (run: Run, copies: readonly KnownCopy[]): RestartPoint | null => {
  const { good } = newestGood(run.checkpoints.filter(({ gone, origin }) => !gone && origin === 'this-run'));
  const onDisk: RestartPoint | null = good === null ? null : { name: good.name, step: good.step, copy: null };
  return copiesOf(run, copies).reduce<RestartPoint | null>(
    (best, copy) => (best === null || copy.step > best.step ? copy : best),
    onDisk,
  );
};

/** Copies of this run's own checkpoints: of its folder, and of steps that it is known to have reached. */
const copiesOf = ({ checkpoints, folder }: Run, copies: readonly KnownCopy[]): readonly RestartPoint[] =>
  copies.flatMap(({ record, view }) => {
    if (record?.state !== 'whole' || record.extent !== 'everything' || record.step === null) return [];
    const { name, step } = record;
    const isOfRun =
      folder.kind === 'known' &&
      record.from.folder === (folder.onServer === '' ? name : `${folder.onServer}/${name}`) &&
      checkpoints.some((known) => known.name === name && known.origin === 'this-run');
    return isOfRun ? [{ name, step, copy: { copyId: record.id, sizeBytes: view.sizeBytes } }] : [];
  });
