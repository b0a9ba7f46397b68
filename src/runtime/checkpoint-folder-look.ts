import type { Checkpoint, Integrity, TrainerState } from '../core/checkpoint/checkpoint.ts';
import { judge } from '../core/checkpoint/judge.ts';
import type { FolderListing, ListedFile } from '../core/checkpoint/listing.ts';
import type { FileVerdict, ProofRequest } from '../core/checkpoint/proof.ts';
import { planProofs } from '../core/checkpoint/proof-plan.ts';
import { isSameFile, isSettled } from '../core/checkpoint/settled.ts';
import type { PackageVersions } from '../core/recovery/package-versions.ts';
import { type Result, ok } from '../core/result.ts';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { CheckpointMemory, RememberedVerdict } from './folder-memory.ts';
import type { Access } from './json-reply.ts';
import { proveFile } from './proof-run.ts';
import type { ServerAddress } from './server-address.ts';

/** One look: where, and what it may still cost. */
export interface LookContext {
  readonly server: ServerAddress;
  readonly access: Access;
  /** The output folder. */
  readonly path: string;
  readonly left: { listings: number; proofs: number };
}

/** A checkpoint's folder in the listing of the output folder. */
export type FoundCheckpoint = ListedFile & { readonly step: number };

type Looked = Result<CheckpointMemory | null, RuntimeFailure>;

/** Looks at one checkpoint; `null` when it is gone. Without `force`, one judged for good is taken as known. */
export async function lookAtCheckpoint(
  context: LookContext,
  found: FoundCheckpoint,
  known: CheckpointMemory | null,
  force: boolean,
): Promise<Looked> {
  if (known !== null && !force && isJudgedForGood(known, found)) return ok(known);
  if (context.left.listings === 0) return ok(known ?? unlisted(found, { kind: 'unchecked' }));
  context.left.listings -= 1;
  const listed = await listFolder(context.server, `${context.path}/${found.name}`, context.access);
  if (!listed.ok) return withoutListing(found, listed.failure);
  const current = listed.value;
  const remembered = known === null ? [] : known.verdicts.filter((verdict) => stillHolds(verdict, current));
  if (known === null || known.listing === null || !isSettled(known.listing, current)) {
    return ok(memoryOf(found, current, null, remembered));
  }
  const proven = await prove(context, current, remembered);
  if (!proven.ok) return proven;
  switch (proven.value.kind) {
    case 'gone':
      return ok(null);
    case 'changed':
      return ok({ ...memoryOf(found, current, null, []), listing: null });
    case 'proven':
      return ok(memoryOf(found, current, known.listing, proven.value.verdicts));
    default:
      return proven.value satisfies never;
  }
}

/**
 * Nothing is left to be found out, and the folder has the time it had. A broken one is read to its last file, too, so that
 * its defects don't depend on what a look could afford; what we were refused is asked for again.
 */
function isJudgedForGood(
  { checkpoint, folderModifiedAt, listing, verdicts }: CheckpointMemory,
  found: FoundCheckpoint,
): boolean {
  const { integrity } = checkpoint;
  if (listing === null || integrity.kind === 'writing') return false;
  const refused = integrity.kind === 'broken' && integrity.defects.some(({ kind }) => kind === 'unreadable');
  const read = new Set(verdicts.map(({ file }) => file));
  const allRead = planProofs(listing).every(({ file }) => read.has(file));
  return allRead && !refused && sameTime(folderModifiedAt, found.modifiedAt);
}

const sameTime = (before: number | null, now: number | null): boolean => before !== null && before === now;

function withoutListing(found: FoundCheckpoint, failure: RuntimeFailure): Looked {
  if (failure.kind === 'not-found') return ok(null);
  if (failure.kind !== 'forbidden') return { ok: false, failure };
  return ok(unlisted(found, { kind: 'broken', defects: [{ kind: 'unreadable', file: found.name }] }));
}

type Proven =
  | { readonly kind: 'proven'; readonly verdicts: readonly RememberedVerdict[] }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' };

async function prove(
  context: LookContext,
  current: FolderListing,
  remembered: readonly RememberedVerdict[],
): Promise<Result<Proven, RuntimeFailure>> {
  const verdicts = [...remembered];
  for (const request of planProofs(current)) {
    if (verdicts.some(({ file }) => file === request.file)) continue;
    if (context.left.proofs === 0) break;
    context.left.proofs -= 1;
    const outcome = await proveFile(context.server, current.path, request, context.access);
    if (!outcome.ok) return outcome;
    if (outcome.value.kind === 'changed') return ok({ kind: 'changed' });
    if (outcome.value.kind === 'gone') {
      const why = await whyGone(context, current, request);
      if (!why.ok) return why;
      if (why.value !== 'unreadable') return ok({ kind: why.value });
      verdicts.push(
        remember(request, { kind: 'defect', defect: { kind: 'unreadable', file: request.file } }),
      );
      continue;
    }
    verdicts.push(remember(request, outcome.value.verdict));
  }
  return ok({ kind: 'proven', verdicts });
}

/** A file that was listed and can't be read: asks the listing once more. */
async function whyGone(
  context: LookContext,
  before: FolderListing,
  request: ProofRequest,
): Promise<Result<'gone' | 'changed' | 'unreadable', RuntimeFailure>> {
  const now = await listFolder(context.server, before.path, context.access);
  if (!now.ok) return now.failure.kind === 'not-found' ? ok('gone') : now;
  return ok(now.value.entries.some(({ name }) => name === request.file) ? 'unreadable' : 'changed');
}

const remember = (
  { file, sizeBytes, modifiedAt }: ProofRequest,
  verdict: FileVerdict,
): RememberedVerdict => ({
  file,
  sizeBytes,
  modifiedAt,
  verdict,
});

/** Without a time nobody can say that a file is the same as before; and a file we were refused is asked for again. */
const stillHolds = (remembered: RememberedVerdict, { entries }: FolderListing): boolean =>
  remembered.modifiedAt !== null &&
  !(remembered.verdict.kind === 'defect' && remembered.verdict.defect.kind === 'unreadable') &&
  entries.some(
    ({ name, sizeBytes, modifiedAt }) =>
      name === remembered.file && isSameFile(remembered, { sizeBytes, modifiedAt }),
  );

function memoryOf(
  found: FoundCheckpoint,
  current: FolderListing,
  previous: FolderListing | null,
  verdicts: readonly RememberedVerdict[],
): CheckpointMemory {
  const byFile = new Map(verdicts.map(({ file, verdict }) => [file, verdict]));
  const integrity = judge({ step: found.step, current, previous, verdicts: byFile });
  const sizes = current.entries.map(({ sizeBytes }) => sizeBytes).filter((size) => size !== null);
  const times = current.entries.map(({ modifiedAt }) => modifiedAt).filter((time) => time !== null);
  const checkpoint: Checkpoint = {
    name: found.name,
    step: found.step,
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    modifiedAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    integrity,
    trainerState: trainerStateIn(byFile),
    ...packagesIn(byFile),
  };
  return { folderModifiedAt: found.modifiedAt, listing: current, verdicts, checkpoint };
}

function trainerStateIn(verdicts: ReadonlyMap<string, FileVerdict>): TrainerState | null {
  const verdict = verdicts.get('trainer_state.json');
  return verdict?.kind === 'trainer-state' ? verdict.state : null;
}

function packagesIn(verdicts: ReadonlyMap<string, FileVerdict>): Pick<Checkpoint, 'packages'> {
  const packages: PackageVersions = Object.assign(
    {},
    ...[...verdicts.values()].map((verdict) => (verdict.kind === 'whole' ? verdict.packages : {})),
  );
  return Object.keys(packages).length === 0 ? {} : { packages };
}

function unlisted(found: FoundCheckpoint, integrity: Integrity): CheckpointMemory {
  const { name, step, modifiedAt: folderModifiedAt } = found;
  const checkpoint = { name, step, sizeBytes: null, modifiedAt: null, integrity, trainerState: null };
  return { folderModifiedAt, listing: null, verdicts: [], checkpoint };
}
