import type { FolderListing, ListedFile } from '../core/checkpoint/listing.ts';
import type { FileVerdict, ProofRequest } from '../core/checkpoint/proof.ts';
import { lossHistoryIn } from '../core/checkpoint/loss-history.ts';
import { planProofs } from '../core/checkpoint/proof-plan.ts';
import { isSameFile } from '../core/checkpoint/settled.ts';
import { type Result, ok } from '../core/result.ts';
import { listFolder, stat } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { RememberedVerdict } from './folder-memory.ts';
import { lookAtFile } from './look-at-file.ts';
import type { LookContext } from './look-context.ts';
import { pathIn } from './path-in.ts';
import { proveFile, type ProofOutcome } from './proof-run.ts';

export type Proven =
  | { readonly kind: 'proven'; readonly verdicts: readonly RememberedVerdict[] }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' };

/** Looks into the files of a checkpoint that were not looked into yet, as many as the look can afford. */
export async function proveAll(
  context: LookContext,
  current: FolderListing,
  remembered: readonly RememberedVerdict[],
): Promise<Result<Proven, RuntimeFailure>> {
  const verdicts = [...remembered];
  for (const request of planProofs(current)) {
    if (verdicts.some(({ file }) => file === request.file)) continue;
    if (context.left.proofs === 0) break;
    context.left.proofs -= 1;
    const outcome = await proveOne(context, current, request);
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
    tellLosses(context, current, outcome.value);
  }
  return ok({ kind: 'proven', verdicts });
}

/**
 * Of a link (Lightning's `last.ckpt` may be one) the server lists the link's own size. What the listing still shows as it was
 * and gives out at another size is one; if it is whole at that size it is whole, and if not, somebody writes.
 */
async function proveOne(
  { server, access }: LookContext,
  { path }: FolderListing,
  request: ProofRequest,
): Promise<Result<ProofOutcome, RuntimeFailure>> {
  const outcome = await proveFile(server, path, request, access);
  if (!outcome.ok || outcome.value.kind !== 'changed') return outcome;
  const file = pathIn(path, request.file);
  const now = await stat(server, file, access);
  if (!now.ok || !isSameFile(request, sizeAndTime(now.value))) return outcome;
  const served = await lookAtFile(server, file, access);
  const sizeBytes = served.ok ? served.value.sizeBytes : null;
  if (sizeBytes === null || sizeBytes === 0 || sizeBytes === request.sizeBytes) return outcome;
  const behind = await proveFile(server, path, { ...request, sizeBytes }, access);
  if (!behind.ok) return behind;
  return ok(
    behind.value.kind === 'verdict' && behind.value.verdict.kind !== 'defect'
      ? behind.value
      : { kind: 'changed' },
  );
}

const sizeAndTime = ({ sizeBytes, modifiedAt }: ListedFile) => ({ sizeBytes, modifiedAt });

/** What was read to prove a trainer's state holds its losses, too: they are passed on, and not kept here. */
function tellLosses({ onLossHistory }: LookContext, { path }: FolderListing, outcome: ProofOutcome): void {
  if (onLossHistory === null || outcome.kind !== 'verdict' || outcome.verdict.kind !== 'trainer-state')
    return;
  const history = lossHistoryIn(outcome.chunks);
  if (history !== null) onLossHistory(path.split('/').at(-1) ?? path, history);
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
): RememberedVerdict => ({ file, sizeBytes, modifiedAt, verdict });
