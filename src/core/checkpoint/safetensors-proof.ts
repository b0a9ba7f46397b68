import {
  type Chunk,
  type ProofRequest,
  type ProofStep,
  bytesOf,
  defect,
  read,
  verdict,
  viewOf,
} from './proof.ts';
import { decodeUtf8 } from './utf8.ts';

/** Most headers fit into the first read, so that most files need only one. */
const FIRST_READ_BYTES = 32 * 1024;
/** The library refuses longer ones (safetensors 0.8, `MAX_HEADER_SIZE`). */
const HEADER_LIMIT_BYTES = 100_000_000;
/** We refuse to fetch longer ones: about 100,000 tensors. */
const HEADER_READ_LIMIT_BYTES = 16 * 1024 * 1024;
const LENGTH_BYTES = 8;

/**
 * A safetensors file says in its header where its last tensor ends: 8 bytes little-endian header length, the header as
 * JSON, then the tensors at `data_offsets` (https://huggingface.co/docs/safetensors, safetensors 0.8). The library
 * refuses a file that is shorter or longer than that (`MetadataIncompleteBuffer`), and so do we, with `file-cut-short`.
 */
export function safetensorsStep(request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  const { file, sizeBytes } = request;
  if (sizeBytes < LENGTH_BYTES + 2) return defect('file-cut-short', file);
  const lengthBytes = bytesOf(chunks, { from: 0, to: LENGTH_BYTES });
  if (lengthBytes === null) return read(0, Math.min(sizeBytes, FIRST_READ_BYTES));

  const length = viewOf(lengthBytes).getBigUint64(0, true);
  if (length < 2n || length > BigInt(sizeBytes - LENGTH_BYTES)) return defect('file-cut-short', file);
  if (length > BigInt(HEADER_LIMIT_BYTES)) return defect('not-json', file);
  if (length > BigInt(HEADER_READ_LIMIT_BYTES)) return verdict({ kind: 'unproven' });

  const headerEnd = LENGTH_BYTES + Number(length);
  const header = bytesOf(chunks, { from: LENGTH_BYTES, to: headerEnd });
  if (header === null) return read(LENGTH_BYTES, headerEnd);
  const dataEnd = endOfData(header);
  if (dataEnd === null) return defect('not-json', file);
  return headerEnd + dataEnd === sizeBytes ? verdict({ kind: 'whole' }) : defect('file-cut-short', file);
}

/** Largest end among all `data_offsets`, counted from the end of the header; `null` when the header is not one. */
function endOfData(header: Uint8Array): number | null {
  const entries = entriesOf(header);
  if (entries === null) return null;
  let end = 0;
  for (const [name, entry] of entries) {
    if (name === '__metadata__') continue;
    const offsets = offsetsOf(entry);
    if (offsets === null) return null;
    end = Math.max(end, offsets.to);
  }
  return end;
}

function entriesOf(header: Uint8Array): [string, unknown][] | null {
  try {
    const parsed: unknown = JSON.parse(decodeUtf8(header) ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? Object.entries(parsed)
      : null;
  } catch {
    return null;
  }
}

function offsetsOf(entry: unknown): { from: number; to: number } | null {
  if (typeof entry !== 'object' || entry === null || !('data_offsets' in entry)) return null;
  const offsets: unknown = entry.data_offsets;
  if (!Array.isArray(offsets) || offsets.length !== 2) return null;
  const from: unknown = offsets[0];
  const to: unknown = offsets[1];
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to
    ? { from, to }
    : null;
}
