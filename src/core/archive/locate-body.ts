import { type Result, fail, ok } from '../result.ts';
import type { ArchiveEntry } from './read-directory.ts';
import type { ZipFailure } from './zip-failure.ts';
import { LOCAL_HEADER, LOCAL_HEADER_BYTES } from './zip-format.ts';
import { type ReadBytes, readExactly, viewOf } from './zip-reader.ts';

/**
 * Where the stored bytes of an entry lie. Only its local header (4.3.7) tells: the extra fields there have a length of
 * their own. Sizes and checksum are the directory's; the local ones are empty where a data descriptor follows.
 */
export async function locateBody(
  entry: ArchiveEntry,
  read: ReadBytes,
): Promise<Result<{ readonly from: number; readonly to: number }, ZipFailure>> {
  const header = await readExactly(read, entry.headerAt, entry.headerAt + LOCAL_HEADER_BYTES);
  if (!header.ok) return header;
  const view = viewOf(header.value);
  const from = entry.headerAt + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  const to = from + entry.storedBytes;
  const isThere = view.getUint32(0, true) === LOCAL_HEADER && to <= entry.roomTo;
  return isThere ? ok({ from, to }) : fail({ kind: 'entry-outside', name: entry.name });
}
