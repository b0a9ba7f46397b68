import { proofOf } from '../run/resumption.ts';
import type { Run } from '../run/run.ts';
import { driftBetween, type Drift, type PackageVersions } from './package-versions.ts';

/**
 * The packages that are other ones now than when the checkpoint was saved which a run goes on from, as far as both are
 * known. None once it was seen to go on: then it makes no difference that matters here.
 *
 * @param installed Of the kernel that is there now.
 * @param kept What was noted with the copy that was put back; `{}` where nothing was.
 */
export const versionDrift = (
  run: Run,
  installed: PackageVersions,
  kept: PackageVersions = {},
): readonly Drift[] => {
  const { phase, resumption, packages, packagesBefore } = run;
  if (resumption === null)
    // Its kernel is gone, and the setup cells run in another one.
    return phase.kind === 'lost' ? driftBetween({ ...packages, ...kept, ...ofNewest(run) }, installed) : [];
  if (proofOf(resumption).kind === 'continues') return [];
  const before = { ...packagesBefore, ...kept, ...ofStep(run, resumption.fromStep) };
  return driftBetween(before, { ...installed, ...packages });
};

const ofStep = ({ checkpoints }: Run, step: number): PackageVersions =>
  checkpoints.find((checkpoint) => checkpoint.step === step)?.packages ?? {};

/** What it would go on from. */
const ofNewest = ({ checkpoints }: Run): PackageVersions =>
  checkpoints
    .filter(({ origin, integrity }) => origin === 'this-run' && integrity.kind === 'complete')
    .reduce<PackageVersions>((_, { packages }) => packages ?? {}, {});
