import type { Chunk, ProofRequest } from '../core/checkpoint/proof.ts';
import { nextStep, planProofs } from '../core/checkpoint/proof-plan.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';

/**
 * Whether a file of a copy is empty or ends too early, by its own format. A `last.pt` is written over again and again under the
 * same name: the listing it was copied by may have shown it half written, and standing still for a moment.
 */
export const isTorn = async ({ id, files }: CopyRecord, vault: Vault): Promise<boolean> => {
  if (files.some(({ sizeBytes }) => sizeBytes === 0)) return true;
  const entries = files.map(({ path: name, sizeBytes, modifiedAt }) => {
    return { name, kind: 'file' as const, sizeBytes, modifiedAt };
  });
  for (const request of planProofs({ path: '', entries })) {
    const bytes = await vault.file(
      id,
      files.findIndex(({ path }) => path === request.file),
    );
    if (bytes === null || (await endsTooEarly(request, bytes))) return true;
  }
  return false;
};

const endsTooEarly = async (request: ProofRequest, file: Blob): Promise<boolean> => {
  const chunks: Chunk[] = [];
  for (;;) {
    const step = nextStep(request, chunks);
    if (step.kind === 'verdict') return step.verdict.kind === 'defect';
    const { from, to } = step.range;
    const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
    // What asks for more than there is, or never comes to an end, is not to be trusted either.
    if (bytes.length !== to - from || chunks.length > MOST_READS) return true;
    chunks.push({ from, bytes });
  }
};

const MOST_READS = 4;
