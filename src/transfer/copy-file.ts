import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import type { Room } from '../protocol/room.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { PartRead } from '../runtime/file-part.ts';
import { readPart } from '../runtime/read-file.ts';
import type { SyncedFile } from '../vault/synced-file.ts';
import type { FileChecksums } from './checksums.ts';
import type { Hasher } from './hasher.ts';
import type { Line } from './line.ts';
import type { Meter } from './report.ts';
import type { Rooms } from './rooms.ts';

/** As many parts of a file are on their way at once; each fills a room. One that breaks off is asked for again, whole. */
export const PARTS_AT_ONCE = 4;
/** The first part comes alone, since it tells whether there are parts at all: it is a small one. */
const FIRST_PART_BYTES = 1024 * 1024;

export interface FileOnServer {
  /** Relative to the server's root. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** What a file needs on its way, one file at a time. */
export interface Way {
  readonly line: Line;
  readonly hasher: Hasher;
  readonly rooms: Rooms;
  readonly meter: Meter;
  readonly follower: Follower | null;
}

/** Who else gets the bytes of a file on their way, in their order. */
export interface Follower {
  /** Takes the first bytes of a room, and gives the room back. */
  readonly take: (room: Room, bytes: number) => Promise<Room>;
  /** The file begins anew: what was taken is void. */
  readonly startAnew: () => void;
}

/**
 * Brings a file into `into`, which may hold its beginning already, and gives the checksums of all of it. Bytes are written
 * in their order, so that whatever lies in `into` is a beginning of the file.
 *
 * `conflict`: the file on the server is another than the one that was begun. Of a server that gives files only from their
 * start, the whole is read in one go, and begun anew when that breaks off.
 *
 * @param onLastAsked Told when the last bytes are on their way.
 */
export const copyFile = async (
  file: FileOnServer,
  into: SyncedFile,
  way: Way,
  onLastAsked: () => void = () => undefined,
): Promise<Result<FileChecksums, ServerTrouble>> => {
  const { hasher } = way;
  if (into.sizeBytes() > file.sizeBytes) startAnew(into, way);
  await takeWhatIsThere(into, way);
  const done = await bringRest(file, into, way, onLastAsked);
  // Also of a file that failed: what was hashed so far is of no use to the next.
  const sums = await hasher.finish();
  if (done.ok) {
    into.flush();
    return ok(sums);
  }
  if (done.failure.kind !== 'no-range') return done;
  return copyInOneGo(file, into, way);
};

/** Empties the file, for everybody who has some of it. */
export const startAnew = (into: SyncedFile, { meter, follower }: Way): void => {
  if (into.sizeBytes() > 0) follower?.startAnew();
  meter.add(-into.sizeBytes());
  into.truncate(0);
};

/** Hands the first bytes of a room on, to be hashed and followed; the room is free when they are done with. */
const handOn = async (room: Room, bytes: number, { hasher, follower, rooms }: Way): Promise<void> => {
  try {
    const hashed = await hasher.take(room, bytes);
    rooms.giveBack(follower === null ? hashed : await follower.take(hashed, bytes));
  } catch (error) {
    rooms.lose(error instanceof Error ? error : new Error(String(error)));
  }
};

/** Writes the first bytes of a room at the end of the file, and hands them on. */
const pass = (room: Room, bytes: number, into: SyncedFile, way: Way): void => {
  into.append(room.subarray(0, bytes));
  way.meter.add(bytes);
  void handOn(room, bytes, way);
};

/** Hashes what an earlier try left. */
const takeWhatIsThere = async (into: SyncedFile, way: Way): Promise<void> => {
  for (let at = 0; at < into.sizeBytes();) {
    const room = await way.rooms.take();
    const count = into.read(room, at);
    if (count === 0) throw new Error('a file of this browser ends before its size');
    void handOn(room, count, way);
    at += count;
  }
};

/** The parts after what is there, a few at once, written in order. */
const bringRest = async (
  file: FileOnServer,
  into: SyncedFile,
  way: Way,
  onLastAsked: () => void,
): Promise<Result<null, ServerTrouble>> => {
  const { rooms } = way;
  const from = into.sizeBytes();
  const { sizeBytes } = file;
  if (from === sizeBytes && from > 0) return ok(null);
  const firstTo = Math.min(from + Math.min(FIRST_PART_BYTES, rooms.bytes), sizeBytes);
  const parts = partsOf(firstTo, sizeBytes, rooms.bytes);
  if (parts.length === 0) onLastAsked();
  const first = await readWhole(file, { from, to: firstTo }, null, way);
  if (!first.read.ok) {
    rooms.giveBack(first.room);
    return first.read;
  }
  pass(first.room, first.bytes, into, way);
  if (parts.length === 0) return ok(null);
  const { lastModified, ranges } = first.read.value;
  if (!ranges) return fail({ kind: 'no-range' });

  const underWay: Promise<ReadPart>[] = [];
  const begin = (): void => {
    const part = parts.shift();
    if (part === undefined) return;
    underWay.push(readWhole(file, part, lastModified, way));
    if (parts.length === 0) onLastAsked();
  };
  for (let count = 0; count < PARTS_AT_ONCE; count += 1) begin();
  for (let part = underWay.shift(); part !== undefined; part = underWay.shift()) {
    const { room, bytes, read } = await part;
    if (!read.ok) {
      rooms.giveBack(room);
      // The others see the same, or are of no use any more.
      for (const other of await Promise.all(underWay)) rooms.giveBack(other.room);
      return read;
    }
    begin();
    pass(room, bytes, into, way);
  }
  return ok(null);
};

interface Part {
  readonly from: number;
  readonly to: number;
}

const partsOf = (from: number, to: number, bytes: number): Part[] =>
  Array.from({ length: Math.ceil((to - from) / bytes) }, (_, index) => {
    const at = from + index * bytes;
    return { from: at, to: Math.min(at + bytes, to) };
  });

/** A part, in a room that is to be given back whatever came of it. */
interface ReadPart {
  readonly room: Room;
  readonly bytes: number;
  readonly read: Result<PartRead, ServerTrouble>;
}

const readWhole = async (
  { path, sizeBytes }: FileOnServer,
  { from, to }: Part,
  lastModified: string | null,
  { line, rooms }: Way,
): Promise<ReadPart> => {
  const room = await rooms.take();
  let bytes = 0;
  const fill = (chunk: Uint8Array): void => {
    room.set(chunk, bytes);
    bytes += chunk.length;
  };
  const read = await line.ask(({ address, access }) => {
    bytes = 0;
    return readPart(address, { path, from, to, sizeBytes, lastModified }, fill, access);
  });
  return { room, bytes, read };
};

const copyInOneGo = (
  { path, sizeBytes }: FileOnServer,
  into: SyncedFile,
  way: Way,
): Promise<Result<FileChecksums, ServerTrouble>> =>
  way.line.ask(async ({ address, access }) => {
    const { hasher, rooms } = way;
    startAnew(into, way);
    let room = await rooms.take();
    let filled = 0;
    const take = async (chunk: Uint8Array): Promise<void> => {
      for (let at = 0; at < chunk.length;) {
        const piece = chunk.subarray(at, at + room.length - filled);
        room.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled < room.length) continue;
        pass(room, filled, into, way);
        room = await rooms.take();
        filled = 0;
      }
    };
    const read = await readPart(
      address,
      { path, from: 0, to: sizeBytes, sizeBytes, lastModified: null },
      take,
      access,
    );
    pass(room, filled, into, way);
    const sums = await hasher.finish();
    if (!read.ok) return read;
    into.flush();
    return ok(sums);
  });
