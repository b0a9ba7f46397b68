import { changedAt } from '../core/checkpoint/layouts/layout-table.ts';
import type { Candidate, FoundCheckpoint } from '../core/checkpoint/layouts/layout.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import { planProofs } from '../core/checkpoint/proof-plan.ts';
import { isSameFile, isSettled } from '../core/checkpoint/settled.ts';
import { type Result, ok } from '../core/result.ts';
import { memoryOf, unlisted } from './checkpoint-memory.ts';
import { proveAll } from './checkpoint-proofs.ts';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { CheckpointMemory, RememberedVerdict } from './folder-memory.ts';
import type { LookContext } from './look-context.ts';
import { pathIn } from './path-in.ts';

/** `other`: by what lies in it, it is no checkpoint; its name only looked like one. */
type Seen =
  { readonly kind: 'checkpoint'; readonly memory: CheckpointMemory } | { readonly kind: 'gone' | 'other' };
type Looked = Result<Seen, RuntimeFailure>;

const seen = (memory: CheckpointMemory): Looked => ok({ kind: 'checkpoint', memory });

/** Looks at one checkpoint. Without `force`, one judged for good is taken as known. */
export async function lookAtCheckpoint(
  context: LookContext,
  found: FoundCheckpoint,
  known: CheckpointMemory | null,
  force: boolean,
): Promise<Looked> {
  if (found.form !== 'folder')
    return judgeContents(context, found, { path: context.path, entries: found.entries }, known);
  if (known !== null && !force && isJudgedForGood(known, found)) return seen(known);
  if (context.left.listings === 0) return seen(known ?? unlisted(found, { kind: 'unchecked' }));
  context.left.listings -= 1;
  const path = pathIn(context.path, found.name);
  const listed = await listFolder(context.server, path, context.access);
  if (!listed.ok) return withoutListing(found, listed.failure);
  return judgeContents(context, found, listed.value, known);
}

async function judgeContents(
  context: LookContext,
  found: FoundCheckpoint,
  current: FolderListing,
  known: CheckpointMemory | null,
): Promise<Looked> {
  const { pointers } = context;
  const candidate = found.candidates.find((each) => each.isOne(current));
  if (candidate === undefined) return ok({ kind: 'other' });
  const remembered = known === null ? [] : known.verdicts.filter((verdict) => stillHolds(verdict, current));
  if (known === null || known.listing === null || !isSettled(known.listing, current))
    return seen(memoryOf(found, candidate, current, null, remembered, pointers));
  const proven = await proveAll(context, current, remembered);
  if (!proven.ok) return proven;
  switch (proven.value.kind) {
    case 'gone':
      return ok({ kind: 'gone' });
    case 'changed':
      return seen({ ...moving(found, candidate, current), listing: null });
    case 'proven':
      return seen(memoryOf(found, candidate, current, known.listing, proven.value.verdicts, pointers));
    default:
      return proven.value satisfies never;
  }
}

const moving = (found: FoundCheckpoint, candidate: Candidate, current: FolderListing): CheckpointMemory =>
  memoryOf(found, candidate, current, null, [], []);

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
  const isOpen =
    integrity.kind === 'broken' &&
    // What a text beside it says of it can come true later.
    integrity.defects.some(
      ({ kind, file }) =>
        kind === 'unreadable' || kind === 'not-announced' || isBeside(file, found, listing, kind),
    );
  const read = new Set(verdicts.map(({ file }) => file));
  const allRead = planProofs(listing).every(({ file }) => read.has(file));
  return allRead && !isOpen && sameTime(folderModifiedAt, changedAt(found));
}

/** Whether the defect is of a file beside the checkpoint, whose coming doesn't change the folder's time. */
const isBeside = (file: string, found: FoundCheckpoint, { entries }: FolderListing, kind: string): boolean =>
  (kind === 'file-missing' || kind === 'marked-incomplete') &&
  !entries.some(({ name }) => name === file) &&
  (file === found.unfinished || found.candidates.some(({ rules }) => rules.pointer?.file === file));

const sameTime = (before: number | null, now: number | null): boolean => before !== null && before === now;

function withoutListing(found: FoundCheckpoint, failure: RuntimeFailure): Looked {
  if (failure.kind === 'not-found') return ok({ kind: 'gone' });
  if (failure.kind !== 'forbidden') return { ok: false, failure };
  return seen(unlisted(found, { kind: 'broken', defects: [{ kind: 'unreadable', file: found.name }] }));
}

/** Without a time nobody can say that a file is the same as before; and a file we were refused is asked for again. */
const stillHolds = (remembered: RememberedVerdict, { entries }: FolderListing): boolean =>
  remembered.modifiedAt !== null &&
  !(remembered.verdict.kind === 'defect' && remembered.verdict.defect.kind === 'unreadable') &&
  entries.some(
    ({ name, sizeBytes, modifiedAt }) =>
      name === remembered.file && isSameFile(remembered, { sizeBytes, modifiedAt }),
  );
