import type { FolderListing } from './listing.ts';
import { jsonStep } from './json-proof.ts';
import type { Chunk, ProofFormat, ProofRequest, ProofStep } from './proof.ts';
import { hdf5Step } from './hdf5-proof.ts';
import { safetensorsStep } from './safetensors-proof.ts';
import { tensorIndexStep } from './tensor-index-proof.ts';
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

/** kohya's scripts and Keras's BackupAndRestore keep beside their states how far they are. */
const PROGRESS: ReadonlySet<string> = new Set(['train_state.json', 'training_metadata.json']);
const JSON_FILES: ReadonlySet<string> = new Set([
  'config.json',
  'adapter_config.json',
  'modules.json',
  'meta.json',
]);
/**
 * Zip archives, all of them: of `torch.save` under many endings (`random_states_0.pkl` is one), of Keras (`.keras`) and of
 * Stable-Baselines3 (`.zip`). Older ones and other pickles have the same endings and no end to look for.
 */
const ARCHIVES = /\.(?:pt|pth|bin|ckpt|pkl|th|tar|distcp|keras|zip)$|-rank\d+$/;

/** By which format a file of this name proves itself; `null`: its content doesn't decide over a restart. */
export function formatOf(name: string): ProofFormat | null {
  if (name === 'trainer_state.json') return 'trainer-state';
  if (name.endsWith('.safetensors.index.json') || name.endsWith('.bin.index.json')) return 'weight-index';
  if (PROGRESS.has(name)) return 'progress';
  if (JSON_FILES.has(name) || /_\d{1,15}\.json$/.test(name)) return 'json';
  if (name.endsWith('.safetensors')) return 'safetensors';
  if (/\.(?:h5|hdf5)$/.test(name)) return 'hdf5';
  if (name.endsWith('.index')) return 'tensor-index';
  return ARCHIVES.test(name) ? 'torch' : null;
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
    case 'hdf5':
      return hdf5Step(request, chunks);
    case 'tensor-index':
      return tensorIndexStep(request, chunks);
    case 'trainer-state':
    case 'weight-index':
    case 'progress':
    case 'json':
      return jsonStep(request.format, request, chunks);
    default:
      return request.format satisfies never;
  }
}
