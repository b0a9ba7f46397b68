import type { Checkpoint, Defect, Integrity } from './checkpoint.ts';
import { newestFirst } from './newer.ts';

/** A newer checkpoint that is not a restart point, and why. */
export interface PassedOver {
  readonly name: string;
  readonly step: number | null;
  readonly integrity: Exclude<Integrity['kind'], 'complete'>;
  /** Worst first; empty unless `broken`. */
  readonly defects: readonly Defect[];
}

export interface NewestGood {
  /** The newest complete checkpoint; `null`: there is none to resume from. */
  readonly good: Checkpoint | null;
  /** What is newer than that (everything, if there is none), newest first. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * Where to resume from. Only a proven checkpoint will do: a wrong restart point is worse than none.
 *
 * @param isOfThisRun Says which checkpoints count; those lying there from an earlier run are left out altogether.
 */
export function newestGood(
  checkpoints: readonly Checkpoint[],
  isOfThisRun: (checkpoint: Checkpoint) => boolean = () => true,
): NewestGood {
  const passedOver: PassedOver[] = [];
  for (const checkpoint of checkpoints.filter(isOfThisRun).toSorted(newestFirst)) {
    const { name, step, integrity } = checkpoint;
    if (integrity.kind === 'complete') return { good: checkpoint, passedOver };
    passedOver.push({
      name,
      step,
      integrity: integrity.kind,
      defects: integrity.kind === 'broken' ? integrity.defects : [],
    });
  }
  return { good: null, passedOver };
}
