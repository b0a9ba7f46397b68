import type { Chunk, FileVerdict, ProofRequest } from '../core/checkpoint/proof.ts';
import { nextStep } from '../core/checkpoint/proof-plan.ts';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { readRange } from './files.ts';
import type { Access } from './json-reply.ts';
import { pathIn } from './path-in.ts';
import type { ServerAddress } from './server-address.ts';

/**
 * - `changed`: the file is no longer what was listed: somebody writes.
 * - `gone`: it was listed and isn't there: being rotated away, or hidden by the server.
 */
export type ProofOutcome =
  | { readonly kind: 'verdict'; readonly verdict: FileVerdict; readonly chunks: readonly Chunk[] }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' };

/** No format needs more than two reads. */
const MOST_READS = 2;

/** Reads as little of a file as its format needs to prove it whole. Fails only with what concerns the server as a whole. */
export async function proveFile(
  server: ServerAddress,
  folder: string,
  request: ProofRequest,
  access: Access,
): Promise<Result<ProofOutcome, RuntimeFailure>> {
  const chunks: Chunk[] = [];
  for (;;) {
    const step = nextStep(request, chunks);
    if (step.kind === 'verdict') return ok({ ...step, chunks });
    if (chunks.length === MOST_READS)
      throw new Error(`The proof of a ${request.format} file asks for too many reads`);
    const { range } = step;
    const read = await readRange(server, pathIn(folder, request.file), range, request.sizeBytes, access);
    if (!read.ok) return outcomeOf(read.failure, request.file);
    const { bytes, totalBytes } = read.value;
    if (bytes.length !== range.to - range.from) return ok({ kind: 'changed' });
    if (totalBytes !== null && totalBytes !== request.sizeBytes) return ok({ kind: 'changed' });
    chunks.push({ from: range.from, bytes });
  }
}

function outcomeOf(failure: RuntimeFailure, file: string): Result<ProofOutcome, RuntimeFailure> {
  switch (failure.kind) {
    case 'not-found':
      return ok({ kind: 'gone' });
    case 'conflict':
      return ok({ kind: 'changed' });
    case 'forbidden':
      return ok({
        kind: 'verdict',
        verdict: { kind: 'defect', defect: { kind: 'unreadable', file } },
        chunks: [],
      });
    case 'too-large':
      return ok({ kind: 'verdict', verdict: { kind: 'unproven' }, chunks: [] });
    case 'signed-out':
    case 'cross-site':
    case 'disk-full':
    case 'too-many-requests':
    case 'server-error':
    case 'server-stopped':
    case 'unreachable':
    case 'stalled':
    case 'not-understood':
    case 'aborted':
      return { ok: false, failure };
    default:
      return failure satisfies never;
  }
}
