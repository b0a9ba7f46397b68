import type { FolderListing } from './listing.ts';
import { jsonStep } from './json-proof.ts';
import type { Chunk, ProofFormat, ProofRequest, ProofStep } from './proof.ts';
import { safetensorsStep } from './safetensors-proof.ts';
import { torchArchiveStep } from './torch-archive-proof.ts';

/**
 * The files of a checkpoint folder that have to be looked into, in the order of the listing. Empty files and files of
 * unknown size are not among them: the listing alone says what is to be said about them. Neither are folders.
 */
export function planProofs(listing: FolderListing): readonly ProofRequest[] {
  return listing.entries.flatMap(({ name, kind, sizeBytes, modifiedAt }) => {
    const format = kind === 'file' ? formatOf(name) : null;
    return format === null || sizeBytes === null || sizeBytes === 0
      ? []
      : [{ file: name, format, sizeBytes, modifiedAt }];
  });
}

/** By which format a file of this name proves itself; `null`: its content doesn't decide over a restart. */
export function formatOf(name: string): ProofFormat | null {
  if (name === 'trainer_state.json') return 'trainer-state';
  if (name.endsWith('.safetensors.index.json') || name.endsWith('.bin.index.json')) return 'weight-index';
  if (name === 'config.json' || name === 'adapter_config.json') return 'json';
  if (name.endsWith('.safetensors')) return 'safetensors';
  return /\.(?:pt|pth|bin|ckpt)$/.test(name) ? 'torch' : null;
}

/**
 * The next bytes to read of a file, or its verdict. Call it first with no chunks, then again with every chunk read so
 * far, until a verdict comes: after at most two reads. A chunk must hold exactly the bytes that were asked for.
 */
export function nextStep(request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  switch (request.format) {
    case 'safetensors':
      return safetensorsStep(request, chunks);
    case 'torch':
      return torchArchiveStep(request, chunks);
    case 'trainer-state':
    case 'weight-index':
    case 'json':
      return jsonStep(request.format, request, chunks);
    default:
      return request.format satisfies never;
  }
}
