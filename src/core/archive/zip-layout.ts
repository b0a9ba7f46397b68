import { type ZipEntry, centralHeader, endRecords, localHeader, memberOf } from './zip-headers.ts';
import { record } from './zip-record.ts';

/** The body is that of the entry with this index. */
export type ZipPart =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'body'; readonly index: number };

export interface ZipLayout {
  /** One after the other they are the archive; an empty file has no body among them. */
  readonly parts: readonly ZipPart[];
  readonly sizeBytes: number;
}

/**
 * Where everything lies in an archive of these entries (4.3.6): a header before each body, then the central directory and
 * its end. Sizes and checksums are known beforehand, so there are no data descriptors, and no byte of a body is needed here.
 * Zip64 is used for those fields alone whose value does not fit. Equal entries give equal bytes.
 */
export function layOut(entries: readonly ZipEntry[]): ZipLayout {
  const parts: ZipPart[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  let directoryBytes = 0;
  for (const [index, entry] of entries.entries()) {
    const member = memberOf(entry);
    const central = centralHeader(member, at);
    directory.push(central);
    directoryBytes += central.length;

    const local = localHeader(member);
    parts.push({ kind: 'bytes', bytes: local });
    if (member.storedBytes > 0) parts.push({ kind: 'body', index });
    at += local.length + member.storedBytes;
  }
  const end = endRecords({ count: entries.length, offset: at, sizeBytes: directoryBytes });
  parts.push({ kind: 'bytes', bytes: record([...directory, end]) });
  return { parts, sizeBytes: at + directoryBytes + end.length };
}
