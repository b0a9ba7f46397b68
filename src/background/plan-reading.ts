import type { PackageVersions } from '../core/recovery/package-versions.ts';
import { adviseInterval, type IntervalAdvice } from '../core/run/plan/save-interval.ts';
import { savePlan } from '../core/run/plan/save-plan.ts';
import { saveTime } from '../core/run/plan/save-time.ts';
import { planFromSource } from '../core/run/plan-from-source.ts';
import { secondsPerStep } from '../core/run/pace.ts';
import { positionOf } from '../core/run/progress.ts';
import type { Run } from '../core/run/run.ts';
import { notebookTraining } from '../core/source/notebook-training.ts';
import { pinnedVersions } from '../core/source/pinned-versions.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { PlanView } from '../protocol/popup-view.ts';
import type { FailureRate } from './failure-rate.ts';

/**
 * What the notebook says it will save, read from the last cell that trains; `null` when no cell does.
 *
 * @param packages Versions that the kernel's outputs showed; else those count that the notebook installs.
 */
export const planOf = (cells: readonly CellSource[], packages: PackageVersions): PlanView | null => {
  const found = notebookTraining(cells);
  if (found === null) return null;
  const { transformers = null } = { ...pinnedVersions(cells), ...packages };
  const folder = found.training.arguments?.outputDir;
  return savePlan(
    planFromSource(found.training),
    { total: null, transformers },
    folder === undefined || folder.kind === 'unknown' ? null : folder.value,
  );
};

/** What a run will save, with what it has shown of its length, its pace and its checkpoints. */
export const planOfRun = (run: Run, failures: FailureRate): PlanView | null => {
  if (run.plan.saveStrategy === null) return null;
  const position = positionOf(run);
  const total = position?.unit === 'steps' ? position.total : null;
  const there = run.checkpoints.filter(({ gone }) => !gone);
  const checkpointBytes = bytesOfOne(run);
  return savePlan(
    run.plan,
    { total, transformers: run.packages['transformers'] ?? null },
    run.folder.kind === 'unknown' ? null : run.folder.asWritten,
    { checkpointBytes, freeBytes: null, present: there.length, step: position?.step ?? 0 },
    adviceOn(run, checkpointBytes, total, failures),
  );
};

/** Of the newest that was whole, of this run or of one before in its folder. */
const bytesOfOne = ({ checkpoints }: Run): number | null =>
  checkpoints.findLast(({ integrity, sizeBytes }) => integrity.kind === 'complete' && sizeBytes !== null)
    ?.sizeBytes ?? null;

const adviceOn = (
  run: Run,
  checkpointBytes: number | null,
  total: number | null,
  failures: FailureRate,
): IntervalAdvice | null =>
  adviseInterval({
    secondsPerStep: secondsPerStep(run),
    saveTime: saveTime(run, checkpointBytes),
    total: total ?? run.plan.maxSteps,
    hoursBetweenFailures: failures.hours,
    failuresFrom: failures.from,
  });
