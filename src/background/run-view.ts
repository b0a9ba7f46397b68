import { reachOf, type Unit } from '../core/checkpoint/epochs.ts';
import { newestFirst } from '../core/checkpoint/newer.ts';
import { checkpointNameIn, nextToGo } from '../core/checkpoint/rotation.ts';
import { contradictionsIn } from '../core/run/contradictions.ts';
import type { PackageVersions } from '../core/recovery/package-versions.ts';
import { versionDrift } from '../core/recovery/version-drift.ts';
import { secondsPerStep } from '../core/run/pace.ts';
import { positionOf, type Position } from '../core/run/progress.ts';
import { proofOf } from '../core/run/resumption.ts';
import type { Run, SeenCheckpoint } from '../core/run/run.ts';
import { unitOf } from '../core/run/unit.ts';
import { keptAtMost, knownSaves, nextSave, safeCheckpoint } from '../core/run/saves.ts';
import type { FolderMemory } from '../runtime/folder-memory.ts';
import { copyOf, inferenceBytesOf } from './copy-of.ts';
import type { KnownCopy } from './copies.ts';
import type { CheckpointView, FolderView, RunView } from '../protocol/popup-view.ts';

/** A run as the popup shows it: what is known, what would be lost, what comes next. */
export const runView = (
  run: Run,
  folderIsRead: boolean,
  memory: FolderMemory | null = null,
  copies: readonly KnownCopy[] = [],
  installed: PackageVersions = {},
): RunView => {
  const position = positionOf(run);
  const pace = secondsPerStep(run);
  const safe = safeCheckpoint(run);
  const unit = unitOf(run);
  const safeStep = safe === null ? null : reachOf(safe, unit);
  // What was saved without a number leaves open how much has come since.
  const floor = safe === null ? floorOf(run) : safeStep;
  const saves = knownSaves(run, folderIsRead);
  // A checkpoint alone tells where the run was, not how far it has come since.
  const isOnlySaved = position?.source === 'folder' && run.phase.kind !== 'finished';
  const atRisk =
    position === null || floor === null || isOnlySaved || (safe === null && saves === 'unknown')
      ? null
      : Math.max(0, position.step - floor);
  const total = position?.total ?? null;
  const upcoming = run.phase.kind === 'training' ? nextSave(run) : null;
  return {
    unit,
    step: position?.step ?? null,
    stepSeenAt: position?.at ?? null,
    stepSource: position?.source ?? null,
    total,
    loss: run.loss?.value ?? safe?.trainerState?.lastLoss?.loss ?? null,
    secondsPerStep: pace,
    secondsLeft:
      pace === null || total === null || position === null
        ? null
        : Math.max(0, leftOf(position, total) * pace),
    safeName: safe?.name ?? null,
    safeStep,
    saves,
    stepsAtRisk: atRisk,
    secondsAtRisk: atRisk === null || pace === null ? null : atRisk * pace,
    nextSave: upcoming,
    checkpoints: checkpointViews(run, unit, upcoming).map((checkpoint) => ({
      ...checkpoint,
      ...withCopy(run, checkpoint.name, memory, copies),
    })),
    folder: folderView(run),
    contradictions: contradictionsIn(run),
    proof: run.resumption === null ? null : proofOf(run.resumption),
    skipping: skippingView(run),
    drift: versionDrift(run, installed, packagesOfCopy(run, copies)),
  };
};

/** Of an epoch that runs nobody knows how much is done: it counts as half. */
const leftOf = ({ unit, step, source }: Position, total: number): number =>
  unit === 'epochs' && source !== 'folder' ? total - step + 0.5 : total - step;

/** Where the run began: what went before is not lost with it. */
const floorOf = ({ resumedFrom, resumedFromName }: Run): number | null =>
  resumedFrom ?? (resumedFromName === null ? 0 : null);
/** Between its start and its first new step a resumed run passes over what it has trained already. */
const skippingView = ({ phase, resumption, startedAt }: Run): RunView['skipping'] => {
  if (phase.kind !== 'training' || resumption === null || resumption.skipping === null) return null;
  if (proofOf(resumption).kind !== 'waiting') return null;
  return { ...resumption.skipping, toStep: resumption.fromStep, since: startedAt };
};

/** Of the copy of what the run goes on from. */
const packagesOfCopy = (run: Run, copies: readonly KnownCopy[]): PackageVersions => {
  const { resumedFrom, resumedFromName, checkpoints, folder } = run;
  const from = checkpoints.find(({ name, step }) =>
    resumedFromName === null ? step !== null && step === resumedFrom : name === resumedFromName,
  );
  const copyId = from === undefined || folder.kind !== 'known' ? null : copyOf(from, folder.onServer, copies);
  return copies.find(({ view }) => view.id === copyId)?.record?.packages ?? {};
};

type CopyPart = Pick<CheckpointView, 'inferenceBytes' | 'copyId'>;

const withCopy = (
  { checkpoints, folder }: Run,
  name: string,
  memory: FolderMemory | null,
  copies: readonly KnownCopy[],
): CopyPart => {
  const checkpoint = checkpoints.find((each) => each.name === name);
  const copyId =
    checkpoint === undefined || folder.kind !== 'known' ? null : copyOf(checkpoint, folder.onServer, copies);
  return { inferenceBytes: inferenceBytesOf(name, memory), copyId };
};

const checkpointViews = (
  run: Run,
  unit: Unit,
  upcoming: number | null,
): readonly Omit<CheckpointView, keyof CopyPart>[] => {
  const present = run.checkpoints.filter(({ gone }) => !gone);
  const best =
    present.findLast(({ trainerState }) => trainerState?.bestModelCheckpoint)?.trainerState
      ?.bestModelCheckpoint ?? null;
  const bestName = best === null ? null : checkpointNameIn(best);
  const going = run.phase.kind === 'training' ? nextToGo(present, keptAtMost(run.plan), best) : [];
  return run.checkpoints.toSorted(newestFirst).map((checkpoint) => ({
    name: checkpoint.name,
    form: checkpoint.form,
    step: reachOf(checkpoint, unit),
    sizeBytes: checkpoint.sizeBytes,
    integrity: checkpoint.integrity,
    loss: lossOf(checkpoint),
    isBest: checkpoint.name === bestName,
    origin: checkpoint.origin,
    goesAt: !checkpoint.gone && going.includes(checkpoint.name) ? upcoming : null,
    gone: checkpoint.gone,
  }));
};

/** The loss belongs to the checkpoint only if it was logged at its own step. */
const lossOf = ({ trainerState, step }: SeenCheckpoint): number | null => {
  const last = trainerState?.lastEvalLoss?.step === step ? trainerState.lastEvalLoss : trainerState?.lastLoss;
  return last?.step === step ? last.loss : null;
};

const folderView = ({ folder }: Run): FolderView => {
  switch (folder.kind) {
    case 'known':
      return { kind: folder.seen ? 'watching' : 'not-there-yet', path: folder.asWritten, from: folder.from };
    case 'outside-server':
      return { kind: 'outside-server', path: folder.asWritten };
    case 'unknown':
      return folder;
    default:
      return folder satisfies never;
  }
};
