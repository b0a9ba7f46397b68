import type { CompressionMethod } from './compression.ts';
import { encodeUtf8 } from './encode-utf8.ts';
import {
  CENTRAL_HEADER,
  DESCRIBED,
  DESCRIPTOR,
  END,
  EXTRA_ZIP64,
  FULL_16,
  FULL_32,
  LOCAL_HEADER,
  MADE_ON_UNIX,
  METHOD_DEFLATE,
  METHOD_STORE,
  UTF8_NAME,
  ZIP64_END,
  ZIP64_END_BYTES,
  ZIP64_LOCATOR,
} from './zip-format.ts';
import { type Field, record } from './zip-record.ts';
import { dosTime, extendedTimestamp } from './zip-time.ts';

/** `name` is a safe path with `/` between its parts; times are in milliseconds since 1970. */
export type ZipEntry =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly method: CompressionMethod;
      readonly sizeBytes: number;
      /** What it takes in the archive: its size, or less when deflated. */
      readonly storedBytes: number;
      /** Of the file, not of its deflated form. */
      readonly crc32: number;
      readonly modifiedAt: number;
    }
  /** Only for folders that hold nothing: the others come with their files. */
  | { readonly kind: 'directory'; readonly name: string; readonly modifiedAt: number };

/** What the headers of an entry say. */
export interface Member {
  readonly name: Uint8Array;
  readonly method: number;
  readonly crc32: number;
  readonly sizeBytes: number;
  readonly storedBytes: number;
  readonly modifiedAt: number;
  readonly isDirectory: boolean;
  /** Its checksum is known when its body has been written only, and stands behind it (4.3.9). */
  readonly isDescribed: boolean;
}

/** @param isDescribed See `Member`. */
export function memberOf(entry: ZipEntry, isDescribed = false): Member {
  const isDirectory = entry.kind === 'directory';
  // 4.3.8, 4.4.17: a directory is an empty entry whose name ends with a slash.
  const name = encodeUtf8(isDirectory ? `${entry.name}/` : entry.name);
  if (name.length > FULL_16) throw new RangeError(`a name of ${name.length} bytes does not fit into a zip`);
  const { modifiedAt } = entry;
  if (isDirectory) {
    return {
      name,
      method: METHOD_STORE,
      crc32: 0,
      sizeBytes: 0,
      storedBytes: 0,
      modifiedAt,
      isDirectory,
      isDescribed,
    };
  }
  const { method, crc32, sizeBytes, storedBytes } = entry;
  if (method === 'store' && sizeBytes !== storedBytes) {
    throw new RangeError(`${entry.name} is stored as it is, yet in ${storedBytes} bytes for ${sizeBytes}`);
  }
  const number = method === 'store' ? METHOD_STORE : METHOD_DEFLATE;
  return { name, method: number, crc32, sizeBytes, storedBytes, modifiedAt, isDirectory, isDescribed };
}

/** 4.5.3: whether the local header has a zip64 field. */
const isLarge = ({ sizeBytes, storedBytes }: Member): boolean => isFull(sizeBytes) || isFull(storedBytes);
const isFull = (value: number): boolean => value >= FULL_32;
const orFull = (value: number): number => (isFull(value) ? FULL_32 : value);

/** 4.3.7 */
export function localHeader(member: Member): Uint8Array {
  const { name, isDescribed } = member;
  // 4.5.3: in a local header the zip64 field holds both sizes, even when one of them would fit.
  const isZip64 = isLarge(member);
  // 4.4.4: what stands behind the body is zero here.
  const [crc32, sizeBytes, storedBytes] = isDescribed
    ? [0, 0, 0]
    : [member.crc32, member.sizeBytes, member.storedBytes];
  const zip64 = zip64Extra(isZip64 ? [sizeBytes, storedBytes] : []);
  const extra = record([zip64, extendedTimestamp(member.modifiedAt)]);
  return record([
    [4, LOCAL_HEADER],
    [2, versionNeeded(member, isZip64)],
    ...sharedFields(member, crc32),
    [4, isZip64 ? FULL_32 : storedBytes],
    [4, isZip64 ? FULL_32 : sizeBytes],
    [2, name.length],
    [2, extra.length],
    name,
    extra,
  ]);
}

/** 4.3.9: what stands behind the body of an entry that is described there. Sizes take eight bytes where they are large. */
export function descriptor(member: Member): Uint8Array {
  const width = isLarge(member) ? 8 : 4;
  return record([
    [4, DESCRIPTOR],
    [4, member.crc32],
    [width, member.storedBytes],
    [width, member.sizeBytes],
  ]);
}

/** 4.3.12; `offset` is where the local header lies. */
export function centralHeader(member: Member, offset: number): Uint8Array {
  const { name, sizeBytes, storedBytes, isDirectory } = member;
  // 4.5.3: here the field holds only what did not fit, in this order.
  const large = [sizeBytes, storedBytes, offset].filter(isFull);
  const extra = record([zip64Extra(large), extendedTimestamp(member.modifiedAt)]);
  return record([
    [4, CENTRAL_HEADER],
    [2, (MADE_ON_UNIX << 8) | ZIP64_VERSION],
    [2, versionNeeded(member, large.length > 0)],
    ...sharedFields(member, member.crc32),
    [4, orFull(storedBytes)],
    [4, orFull(sizeBytes)],
    [2, name.length],
    [2, extra.length],
    [2, 0], // comment length
    [2, 0], // disk where the entry starts
    [2, 0], // internal attributes: 4.4.14, bit 0 says "text", which nobody trusts
    [4, isDirectory ? DIRECTORY_ATTRIBUTES : FILE_ATTRIBUTES],
    [4, orFull(offset)],
    name,
    extra,
  ]);
}

/** The same in both headers, between the version and the sizes. */
function sharedFields({ method, modifiedAt, isDescribed }: Member, crc32: number): readonly Field[] {
  const { time, date } = dosTime(modifiedAt);
  return [
    [2, isDescribed ? UTF8_NAME | DESCRIBED : UTF8_NAME],
    [2, method],
    [2, time],
    [2, date],
    [4, crc32],
  ];
}

const ZIP64_VERSION = 45;

/** 4.4.3.2 */
function versionNeeded({ method, isDirectory, isDescribed }: Member, isZip64: boolean): number {
  if (isZip64) return ZIP64_VERSION;
  return isDirectory || isDescribed || method === METHOD_DEFLATE ? 20 : 10;
}

/** 4.4.15: Unix mode in the upper half (rw-r--r-- and rwxr-xr-x), the DOS bit for a directory in the lower. */
const FILE_ATTRIBUTES = 0o100644 * 0x10000;
const DIRECTORY_ATTRIBUTES = 0o040755 * 0x10000 + 0x10;

/** 4.5.3 */
const zip64Extra = (values: readonly number[]): Uint8Array =>
  values.length === 0
    ? record([])
    : record([[2, EXTRA_ZIP64], [2, values.length * 8], ...values.map((value): Field => [8, value])]);

export interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** 4.3.14 to 4.3.16: the two zip64 records only where a number does not fit into the last one. */
export function endRecords(directory: Directory): Uint8Array {
  const { count, offset, sizeBytes } = directory;
  const isZip64 = count >= FULL_16 || isFull(offset) || isFull(sizeBytes);
  const shownCount = Math.min(count, FULL_16);
  return record([
    ...(isZip64 ? zip64End(directory) : []),
    [4, END],
    [2, 0], // this disk
    [2, 0], // disk where the directory starts
    [2, shownCount],
    [2, shownCount],
    [4, orFull(sizeBytes)],
    [4, orFull(offset)],
    [2, 0], // comment length
  ]);
}

const zip64End = ({ count, offset, sizeBytes }: Directory): readonly Field[] => [
  [4, ZIP64_END],
  [8, ZIP64_END_BYTES - 12], // 4.3.14.1: without the signature and this field
  [2, (MADE_ON_UNIX << 8) | ZIP64_VERSION],
  [2, ZIP64_VERSION],
  [4, 0], // this disk
  [4, 0], // disk where the directory starts
  [8, count],
  [8, count],
  [8, sizeBytes],
  [8, offset],
  [4, ZIP64_LOCATOR],
  [4, 0], // disk of the zip64 end record
  [8, offset + sizeBytes],
  [4, 1], // number of disks
];
