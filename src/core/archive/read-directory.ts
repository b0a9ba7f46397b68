import { type Result, fail, ok } from '../result.ts';
import { type DirectoryEntry, type ReadHeader, readCentralHeader } from './directory-entry.ts';
import { type DirectoryPlace, findDirectory } from './find-directory.ts';
import type { ZipFailure } from './zip-failure.ts';
import { CENTRAL_HEADER, CENTRAL_HEADER_BYTES, LOCAL_HEADER_BYTES } from './zip-format.ts';
import { type ReadBytes, readExactly, viewOf } from './zip-reader.ts';

/** Room for some 500,000 entries. With the 64 KiB at the end it bounds what is read of an archive. */
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024;

/** The most that deflate can make of a byte: 258 bytes for two bits. https://zlib.net/zlib_tech.html */
const MAX_DEFLATE_RATIO = 1032;

/** An entry whose place in the archive was checked against all others. */
export interface ArchiveEntry extends DirectoryEntry {
  /** The next entry, or the directory: its body ends before. */
  readonly roomTo: number;
}

/**
 * The entries of an archive, in the order of its central directory, read from its end. All its claims are held against
 * each other: what comes back lies inside the archive and apart. Names may still be hostile or the same: `safeNames`.
 *
 * Reads what writers at hand make, too: data descriptors don't matter here, and names without the UTF-8 flag are read.
 * An archive with something before it, as self-extracting ones have, is not read.
 */
export async function readDirectory(
  sizeBytes: number,
  read: ReadBytes,
): Promise<Result<readonly ArchiveEntry[], ZipFailure>> {
  const place = await findDirectory(sizeBytes, read);
  if (!place.ok) return place;
  const { from, to, count } = place.value;
  if (to - from > MAX_DIRECTORY_BYTES) return fail({ kind: 'directory-too-large', sizeBytes: to - from });
  if (count * CENTRAL_HEADER_BYTES > to - from) return fail({ kind: 'count-lies' });
  const bytes = await readExactly(read, from, to);
  if (!bytes.ok) return bytes;
  const headers = headersIn(bytes.value, count);
  return headers.ok ? apart(headers.value, place.value) : headers;
}

function headersIn(directory: Uint8Array, count: number): Result<readonly ReadHeader[], ZipFailure> {
  const headers: ReadHeader[] = [];
  let at = 0;
  while (headers.length < count) {
    const header = readCentralHeader(directory, at);
    if (header === null) return fail({ kind: at === directory.length ? 'count-lies' : 'directory-damaged' });
    if (!hasPossibleSizes(header.entry)) return fail({ kind: 'sizes-lie', name: header.entry.name });
    headers.push(header);
    at = header.next;
  }
  if (at === directory.length) return ok(headers);
  const goesOn = at + 4 <= directory.length && viewOf(directory).getUint32(at, true) === CENTRAL_HEADER;
  return fail({ kind: goesOn ? 'count-lies' : 'directory-damaged' });
}

function hasPossibleSizes({ method, sizeBytes, storedBytes }: DirectoryEntry): boolean {
  switch (method) {
    case 'store':
      return sizeBytes === storedBytes;
    case 'deflate':
      return sizeBytes <= storedBytes * MAX_DEFLATE_RATIO;
    case 'encrypted':
    case 'unknown':
      return Number.isSafeInteger(sizeBytes);
    default:
      return method satisfies never;
  }
}

/** Gives each entry the room up to its neighbour, or says which one has too little. */
function apart(
  headers: readonly ReadHeader[],
  directory: DirectoryPlace,
): Result<readonly ArchiveEntry[], ZipFailure> {
  const byPlace = headers.toSorted((a, b) => a.entry.headerAt - b.entry.headerAt);
  const rooms = new Map<ReadHeader, number>();
  for (const [index, header] of byPlace.entries()) {
    const { entry, nameBytes } = header;
    const endsAt = entry.headerAt + LOCAL_HEADER_BYTES + nameBytes + entry.storedBytes;
    if (endsAt > directory.from) return fail({ kind: 'entry-outside', name: entry.name });
    const roomTo = byPlace[index + 1]?.entry.headerAt ?? directory.from;
    if (endsAt > roomTo) return fail({ kind: 'entries-overlap', name: entry.name });
    rooms.set(header, roomTo);
  }
  return ok(headers.map((header) => ({ ...header.entry, roomTo: rooms.get(header) ?? directory.from })));
}
