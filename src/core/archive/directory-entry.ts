import { entryName } from './entry-name.ts';
import {
  CENTRAL_HEADER,
  CENTRAL_HEADER_BYTES,
  ENCRYPTED,
  EXTRA_EXTENDED_TIMESTAMP,
  EXTRA_ZIP64,
  FULL_32,
  MADE_ON_DOS,
  MADE_ON_UNIX,
  METHOD_DEFLATE,
  METHOD_STORE,
} from './zip-format.ts';
import { uint64At, viewOf } from './zip-reader.ts';
import { timeOfDos } from './zip-time.ts';

/** What a central header says of an entry. None of it is proven. */
export interface DirectoryEntry {
  /** Hostile; a directory's has no slash at its end. */
  readonly name: string;
  /** `other`: a symbolic link or a device, whose body is no file. */
  readonly kind: 'file' | 'directory' | 'other';
  /** Only the first two can be read here. */
  readonly method: 'store' | 'deflate' | 'encrypted' | 'unknown';
  readonly sizeBytes: number;
  readonly storedBytes: number;
  readonly crc32: number;
  /** Milliseconds since 1970; off by the writer's time zone where it told the DOS time alone. */
  readonly modifiedAt: number;
  /** Where the local header lies. */
  readonly headerAt: number;
}

export interface ReadHeader {
  readonly entry: DirectoryEntry;
  readonly nameBytes: number;
  /** Where the next header begins. */
  readonly next: number;
}

/** The central header (4.3.12) at this place; `null` when there is none, or none that is whole. */
export function readCentralHeader(directory: Uint8Array, at: number): ReadHeader | null {
  const view = viewOf(directory);
  if (at + CENTRAL_HEADER_BYTES > directory.length || view.getUint32(at, true) !== CENTRAL_HEADER)
    return null;
  const nameBytes = view.getUint16(at + 28, true);
  const extraFrom = at + CENTRAL_HEADER_BYTES + nameBytes;
  const extraTo = extraFrom + view.getUint16(at + 30, true);
  const next = extraTo + view.getUint16(at + 32, true);
  if (next > directory.length) return null;

  const extra = extraFields(directory.subarray(extraFrom, extraTo));
  const numbers = largeNumbers(view, at, extra.get(EXTRA_ZIP64));
  if (numbers === null) return null;
  const madeOn = view.getUint8(at + 5);
  const name = entryName(directory.subarray(extraFrom - nameBytes, extraFrom), madeOn);
  const entry = {
    name: name.replace(/\/$/, ''),
    kind: name.endsWith('/') ? ('directory' as const) : kindOf(madeOn, view.getUint32(at + 38, true)),
    method: methodOf(view.getUint16(at + 8, true), view.getUint16(at + 10, true)),
    crc32: view.getUint32(at + 16, true),
    modifiedAt:
      timeOfExtra(extra.get(EXTRA_EXTENDED_TIMESTAMP)) ??
      timeOfDos(view.getUint16(at + 12, true), view.getUint16(at + 14, true)),
    ...numbers,
  };
  return { entry, nameBytes, next };
}

/** 4.5.1: number, length, content. What follows a field that does not fit is not read; of two with a number, the first is. */
function extraFields(bytes: Uint8Array): ReadonlyMap<number, DataView> {
  const view = viewOf(bytes);
  const fields = new Map<number, DataView>();
  let at = 0;
  while (at + 4 <= bytes.length) {
    const number = view.getUint16(at, true);
    const from = at + 4;
    at = from + view.getUint16(at + 2, true);
    if (at <= bytes.length && !fields.has(number)) fields.set(number, viewOf(bytes.subarray(from, at)));
  }
  return fields;
}

/** 4.5.3: what is full in the header stands in the zip64 field, in this order. `null` when it does not. */
function largeNumbers(
  view: DataView,
  at: number,
  zip64: DataView | undefined,
): Pick<DirectoryEntry, 'sizeBytes' | 'storedBytes' | 'headerAt'> | null {
  const shown = [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true));
  const missing = shown.filter((value) => value === FULL_32).length;
  if (missing * 8 > (zip64?.byteLength ?? 0)) return null;
  let from = 0;
  const [sizeBytes = 0, storedBytes = 0, headerAt = 0] = shown.map((value) => {
    if (value !== FULL_32 || zip64 === undefined) return value;
    from += 8;
    return uint64At(zip64, from - 8);
  });
  return { sizeBytes, storedBytes, headerAt };
}

function methodOf(flags: number, method: number): DirectoryEntry['method'] {
  if ((flags & ENCRYPTED) !== 0) return 'encrypted';
  if (method === METHOD_STORE) return 'store';
  return method === METHOD_DEFLATE ? 'deflate' : 'unknown';
}

/** 4.4.2.2 */
const MADE_ON_MACOS = 19;
const UNIX_TYPE = 0o170000;
const UNIX_FILE = 0o100000;
const UNIX_DIRECTORY = 0o040000;
const DOS_DIRECTORY = 0x10;

/** 4.4.15: on Unix the mode is in the upper half of the attributes; many writers leave it empty. */
function kindOf(madeOn: number, attributes: number): DirectoryEntry['kind'] {
  if (madeOn === MADE_ON_DOS) return (attributes & DOS_DIRECTORY) === 0 ? 'file' : 'directory';
  const type = madeOn === MADE_ON_UNIX || madeOn === MADE_ON_MACOS ? (attributes >>> 16) & UNIX_TYPE : 0;
  if (type === 0 || type === UNIX_FILE) return 'file';
  return type === UNIX_DIRECTORY ? 'directory' : 'other';
}

/** Its first byte says which times are told; the first of them, when told, is that of the last change. */
function timeOfExtra(field: DataView | undefined): number | null {
  if (field === undefined || field.byteLength < 5 || (field.getUint8(0) & 1) === 0) return null;
  return field.getInt32(1, true) * 1000;
}
