import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { readPart } from '../runtime/read-file.ts';
import type { SyncedFile } from '../vault/synced-file.ts';
import type { Checksums, FileChecksums } from './checksums.ts';
import type { Line } from './line.ts';
import type { Meter } from './report.ts';

/** A part that breaks off is asked for again, whole; four are on their way at once. */
export const PART_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 4;
const READ_BACK_BYTES = 4 * 1024 * 1024;

export interface FileOnServer {
  /** Relative to the server's root. */
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Brings a file into `into`, which may hold its beginning already, and gives the checksums of all of it. Bytes are written
 * in their order, so that whatever lies in `into` is a beginning of the file.
 *
 * `conflict`: the file on the server is another than the one that was begun. Of a server that gives files only from their
 * start, the whole is read in one go, and begun anew when that breaks off.
 */
export const copyFile = async (
  line: Line,
  file: FileOnServer,
  into: SyncedFile,
  checksums: Checksums,
  meter: Meter,
): Promise<Result<FileChecksums, ServerTrouble>> => {
  if (into.sizeBytes() > file.sizeBytes) startAnew(into, meter);
  takeWhatIsThere(into, checksums);
  const write = (bytes: Uint8Array): void => {
    into.append(bytes);
    checksums.update(bytes);
    meter.add(bytes.length);
  };
  const done = await bringRest(line, file, into.sizeBytes(), write);
  if (done.ok) {
    into.flush();
    return ok(checksums.finish());
  }
  // What was hashed so far is of no use to the next file.
  checksums.finish();
  if (done.failure.kind !== 'no-range') return done;
  startAnew(into, meter);
  return copyInOneGo(line, file, into, checksums, meter);
};

const startAnew = (into: SyncedFile, meter: Meter): void => {
  meter.add(-into.sizeBytes());
  into.truncate(0);
};

/** Hashes what an earlier try left. */
const takeWhatIsThere = (into: SyncedFile, checksums: Checksums): void => {
  const buffer = new Uint8Array(Math.min(READ_BACK_BYTES, into.sizeBytes()));
  for (let at = 0; at < into.sizeBytes();) {
    const count = into.read(buffer, at);
    if (count === 0) throw new Error('a file of this browser ends before its size');
    checksums.update(buffer.subarray(0, count));
    at += count;
  }
};

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The parts after `from`, a few at once, written in order. The first one tells whether the server gives parts at all. */
const bringRest = async (
  line: Line,
  file: FileOnServer,
  from: number,
  write: (bytes: Uint8Array) => void,
): Promise<Result<null, ServerTrouble>> => {
  if (from === file.sizeBytes && from > 0) return ok(null);
  const rooms = createRooms(Math.min(PART_BYTES, file.sizeBytes - from));
  const take = ({ bytes, room }: ReadBytes): void => {
    write(bytes);
    rooms.giveBack(room);
  };
  const firstTo = Math.min(from + PART_BYTES, file.sizeBytes);
  const first = await readWhole(line, file, { from, to: firstTo }, null, rooms.take());
  if (!first.ok) return first;
  take(first.value);
  let next = Math.min(from + PART_BYTES, file.sizeBytes);
  if (next === file.sizeBytes) return ok(null);
  if (!first.value.ranges) return fail({ kind: 'no-range' });

  const { lastModified } = first.value;
  const underWay: Promise<Result<ReadBytes, ServerTrouble>>[] = [];
  const begin = (): void => {
    const to = Math.min(next + PART_BYTES, file.sizeBytes);
    underWay.push(readWhole(line, file, { from: next, to }, lastModified, rooms.take()));
    next = to;
  };
  while (underWay.length < AT_ONCE && next < file.sizeBytes) begin();
  for (let part = underWay.shift(); part !== undefined; part = underWay.shift()) {
    const read = await part;
    if (!read.ok) {
      // The others see the same, or are of no use any more.
      await Promise.allSettled(underWay);
      return read;
    }
    if (next < file.sizeBytes) begin();
    take(read.value);
  }
  return ok(null);
};

interface ReadBytes {
  readonly bytes: Uint8Array;
  /** What `bytes` lie in. */
  readonly room: Uint8Array;
  readonly lastModified: string | null;
  readonly ranges: boolean;
}

/** Memory for parts, used again and again: what is left to be collected as garbage piles up with the size of a file. */
const createRooms = (bytes: number) => {
  const free: Uint8Array[] = [];
  return {
    take: (): Uint8Array => free.pop() ?? new Uint8Array(bytes),
    giveBack: (room: Uint8Array): void => void free.push(room),
  };
};

const readWhole = (
  line: Line,
  { path, sizeBytes }: FileOnServer,
  { from, to }: Part,
  lastModified: string | null,
  room: Uint8Array,
): Promise<Result<ReadBytes, ServerTrouble>> =>
  line.ask(async ({ address, access }) => {
    let filled = 0;
    const fill = (chunk: Uint8Array): void => {
      room.set(chunk, filled);
      filled += chunk.length;
    };
    const read = await readPart(address, { path, from, to, sizeBytes, lastModified }, fill, access);
    return read.ok ? ok({ bytes: room.subarray(0, filled), room, ...read.value }) : read;
  });

const copyInOneGo = (
  line: Line,
  { path, sizeBytes }: FileOnServer,
  into: SyncedFile,
  checksums: Checksums,
  meter: Meter,
): Promise<Result<FileChecksums, ServerTrouble>> =>
  line.ask(async ({ address, access }) => {
    startAnew(into, meter);
    const part = { path, from: 0, to: sizeBytes, sizeBytes, lastModified: null };
    const take = (chunk: Uint8Array): void => {
      into.append(chunk);
      checksums.update(chunk);
      meter.add(chunk.length);
    };
    const read = await readPart(address, part, take, access);
    const sums = checksums.finish();
    if (!read.ok) return read;
    into.flush();
    return ok(sums);
  });
