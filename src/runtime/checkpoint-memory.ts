import type { Checkpoint, Integrity } from '../core/checkpoint/checkpoint.ts';
import { judge } from '../core/checkpoint/judge.ts';
import { changedAt } from '../core/checkpoint/layouts/layout-table.ts';
import type { Candidate, FoundCheckpoint } from '../core/checkpoint/layouts/layout.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import type { FileVerdict } from '../core/checkpoint/proof.ts';
import type { PackageVersions } from '../core/recovery/package-versions.ts';
import type { CheckpointMemory, PointerMemory, RememberedVerdict } from './folder-memory.ts';
import { pointedBy } from './pointer-look.ts';

/** What is known of a checkpoint after its contents were listed, and what its files said so far. */
export function memoryOf(
  found: FoundCheckpoint,
  candidate: Candidate,
  current: FolderListing,
  previous: FolderListing | null,
  verdicts: readonly RememberedVerdict[],
  pointers: readonly PointerMemory[],
): CheckpointMemory {
  const byFile = new Map(verdicts.map(({ file, verdict }) => [file, verdict]));
  const { name, form, unfinished } = found;
  const { step, rules } = candidate;
  const pointed = pointedBy(rules.pointer, pointers);
  const integrity = judge({
    name,
    step,
    rules,
    current,
    previous,
    verdicts: byFile,
    pointed,
    unfinished,
  });
  const sizes = current.entries.map(({ sizeBytes }) => sizeBytes).filter((size) => size !== null);
  const times = current.entries.map(({ modifiedAt }) => modifiedAt).filter((time) => time !== null);
  const state = [...byFile.values()].find((verdict) => verdict.kind === 'trainer-state');
  const checkpoint: Checkpoint = {
    name,
    framework: rules.framework,
    form,
    ...progressOf(candidate, byFile),
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    modifiedAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    integrity,
    trainerState: state?.state ?? null,
    ...packagesIn(byFile),
  };
  return { folderModifiedAt: changedAt(found), listing: current, verdicts, checkpoint };
}

function packagesIn(verdicts: ReadonlyMap<string, FileVerdict>): Pick<Checkpoint, 'packages'> {
  const packages: PackageVersions = Object.assign(
    {},
    ...[...verdicts.values()].map((verdict) => (verdict.kind === 'whole' ? verdict.packages : {})),
  );
  return Object.keys(packages).length === 0 ? {} : { packages };
}

/** By the name, else by a file in it that tells. */
function progressOf(
  { step, epoch }: Candidate,
  verdicts: ReadonlyMap<string, FileVerdict>,
): Pick<Checkpoint, 'step' | 'epoch'> {
  const told = [...verdicts.values()].find((verdict) => verdict.kind === 'progress');
  return { step: step ?? told?.step ?? null, epoch: epoch ?? told?.epoch ?? null };
}

/** Only its name is known. */
export function unlisted(found: FoundCheckpoint, integrity: Integrity): CheckpointMemory {
  const [{ step, epoch, rules }] = found.candidates;
  const { name, form } = found;
  const checkpoint: Checkpoint = {
    name,
    framework: rules.framework,
    form,
    step,
    epoch,
    sizeBytes: null,
    modifiedAt: null,
    integrity,
    trainerState: null,
  };
  return { folderModifiedAt: changedAt(found), listing: null, verdicts: [], checkpoint };
}
