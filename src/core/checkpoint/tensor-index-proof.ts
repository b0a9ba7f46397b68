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

const FOOTER_BYTES = 48;
/** Last eight bytes of a table (`kTableMagicNumber`, tensorflow/core/lib/io/format.h). */
const MAGIC = 0xdb4775248b80fb57n;

/** The `.index` of a TensorFlow checkpoint is a table that ends with a magic number; it is written after the data. */
export function tensorIndexStep(request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  const { file, sizeBytes } = request;
  if (sizeBytes < FOOTER_BYTES) return defect('file-cut-short', file);
  const range = { from: sizeBytes - 8, to: sizeBytes };
  const tail = bytesOf(chunks, range);
  if (tail === null) return read(range.from, range.to);
  return viewOf(tail).getBigUint64(0, true) === MAGIC
    ? verdict({ kind: 'whole' })
    : defect('file-cut-short', file);
}
