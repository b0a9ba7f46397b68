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

const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
/** torch.save always ends with these three records, in this order, and no comment. */
const TAIL_BYTES = ZIP64_END_BYTES + LOCATOR_BYTES + END_BYTES;
const HEAD_BYTES = 4;

const LOCAL_HEADER = 0x04034b50;
const END = 0x06054b50;
const LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;

/**
 * torch.save (PyTorch 1.6 and newer; records checked on 2.13) writes a zip archive in one pass: the records that say
 * where the list of contents lies come last. If they are there and fit the file's size, the writer got to the end.
 * A `.keras` (3.15) and the zips of Python's `zipfile` end in the same way, mostly without the two 64-bit records.
 * Zip records: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16.
 *
 * A file without them was cut short when it begins like an archive (or with zeros: allocated, never written).
 * Anything else is an older format (a bare pickle), which has no end to look for: unproven.
 */
export function torchArchiveStep(request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  const { file, sizeBytes } = request;
  const tailFrom = Math.max(0, sizeBytes - TAIL_BYTES);
  const tail = bytesOf(chunks, { from: tailFrom, to: sizeBytes });
  if (tail === null) return read(tailFrom, sizeBytes);
  if (endsLikeArchive(tail, tailFrom)) return verdict({ kind: 'whole' });

  if (sizeBytes < HEAD_BYTES) return defect('file-cut-short', file);
  const head = bytesOf(chunks, { from: 0, to: HEAD_BYTES });
  if (head === null) return read(0, HEAD_BYTES);
  const signature = viewOf(head).getUint32(0, true);
  return signature === LOCAL_HEADER || signature === 0
    ? defect('file-cut-short', file)
    : verdict({ kind: 'unproven' });
}

/** `tailFrom` is where the tail begins in the file. */
function endsLikeArchive(tail: Uint8Array, tailFrom: number): boolean {
  if (tail.length < END_BYTES) return false;
  const view = viewOf(tail);
  const endAt = tail.length - END_BYTES;
  if (view.getUint32(endAt, true) !== END || view.getUint16(endAt + 20, true) !== 0) return false;
  const directorySize = view.getUint32(endAt + 12, true);
  const directoryFrom = view.getUint32(endAt + 16, true);

  const locatorAt = endAt - LOCATOR_BYTES;
  const isZip64 = locatorAt >= ZIP64_END_BYTES && view.getUint32(locatorAt, true) === LOCATOR;
  if (!isZip64) return directoryFrom + directorySize === tailFrom + endAt;

  const zip64At = locatorAt - ZIP64_END_BYTES;
  return (
    view.getUint32(zip64At, true) === ZIP64_END &&
    view.getBigUint64(locatorAt + 8, true) === BigInt(tailFrom + zip64At) &&
    view.getBigUint64(zip64At + 40, true) + view.getBigUint64(zip64At + 48, true) ===
      BigInt(tailFrom + zip64At)
  );
}
