import {
  bytesOf,
  defect,
  read,
  verdict,
  viewOf,
  type Chunk,
  type ProofRequest,
  type ProofStep,
} from './proof.ts';

/** `\x89HDF\r\n\x1a\n`. */
const SIGNATURE = 0x894844460d0a1a0an;
const SUPERBLOCK_BYTES = 96;
/** The smallest superblock (version 2). */
const LEAST_BYTES = 48;
/** Where the end-of-file address stands, by version of the superblock, with addresses of 8 bytes. */
const END_AT = { 0: 40, 1: 44, 2: 28, 3: 28 } as const;
const ADDRESS_SIZE_AT = { 0: 13, 1: 13, 2: 9, 3: 9 } as const;

/**
 * An HDF5 file says in its superblock where it ends; the library writes that when it closes the file and cuts it to that length
 * (HDF5 File Format Specification 3.0, II.A; files of Keras 3.15 and h5py 3.16 looked at). A file of another length was not
 * closed, or cut.
 */
export function hdf5Step(request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  const { file, sizeBytes } = request;
  if (sizeBytes < LEAST_BYTES) return defect('file-cut-short', file);
  const to = Math.min(sizeBytes, SUPERBLOCK_BYTES);
  const head = bytesOf(chunks, { from: 0, to });
  if (head === null) return read(0, to);
  const view = viewOf(head);
  const signature = view.getBigUint64(0, false);
  // Space that was allocated and never written.
  if (signature === 0n) return defect('file-cut-short', file);
  const version = view.getUint8(8);
  if (signature !== SIGNATURE || !isKnown(version)) return verdict({ kind: 'unproven' });
  if (view.getUint8(ADDRESS_SIZE_AT[version]) !== 8) return verdict({ kind: 'unproven' });
  const end = view.getBigUint64(END_AT[version], true);
  return end === BigInt(sizeBytes) ? verdict({ kind: 'whole' }) : defect('file-cut-short', file);
}

const isKnown = (version: number): version is keyof typeof END_AT => version in END_AT;
