import type { PackageVersions } from '../recovery/package-versions.ts';
import type { Defect, TrainerState } from './checkpoint.ts';

/** How a file proves that it is whole. One module per format. */
export type ProofFormat =
  'safetensors' | 'torch' | 'hdf5' | 'tensor-index' | 'trainer-state' | 'weight-index' | 'progress' | 'json';

/** A file that has to be looked into, as it was listed. */
export interface ProofRequest {
  readonly file: string;
  readonly format: ProofFormat;
  readonly sizeBytes: number;
  /** Last change in milliseconds since the epoch, by the server's clock. */
  readonly modifiedAt: number | null;
}

/** Bytes `from` (included) to `to` (excluded), counted from the start of the file. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** What was read of a file: the bytes from `from` on. */
export interface Chunk {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/**
 * What a file's own bytes say. Plain data, so that it can be stored.
 * - `whole`: its format says where it ends, and it ends there. A configuration also tells what wrote it.
 * - `trainer-state`, `weight-index`: whole, and what it tells.
 * - `progress`: whole, and how far its framework says that it is.
 * - `unproven`: of a format that can't be proven from outside, or too large to be looked into.
 */
export type FileVerdict =
  | { readonly kind: 'whole'; readonly packages?: PackageVersions }
  | { readonly kind: 'trainer-state'; readonly state: TrainerState }
  | { readonly kind: 'weight-index'; readonly shards: readonly string[] }
  | { readonly kind: 'progress'; readonly step: number | null; readonly epoch: number | null }
  | { readonly kind: 'defect'; readonly defect: Defect }
  | { readonly kind: 'unproven' };

/** Either the next bytes to read, or the answer. */
export type ProofStep =
  | { readonly kind: 'read'; readonly range: ByteRange }
  | { readonly kind: 'verdict'; readonly verdict: FileVerdict };

export const read = (from: number, to: number): ProofStep => ({ kind: 'read', range: { from, to } });
export const verdict = (verdict: FileVerdict): ProofStep => ({ kind: 'verdict', verdict });
export const defect = (kind: 'file-empty' | 'file-cut-short' | 'not-json', file: string): ProofStep =>
  verdict({ kind: 'defect', defect: { kind, file } });

/** The bytes of a range if one of the chunks covers it. */
export function bytesOf(chunks: readonly Chunk[], { from, to }: ByteRange): Uint8Array | null {
  const chunk = chunks.find((chunk) => chunk.from <= from && chunk.from + chunk.bytes.length >= to);
  return chunk === undefined ? null : chunk.bytes.subarray(from - chunk.from, to - chunk.from);
}

/** Little-endian view of some bytes. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
