import { type Result, fail, ok } from '../result.ts';
import type { ZipFailure } from './zip-failure.ts';

/** Gives the bytes of the archive from `from` up to, not including, `to`. May reject. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>;

/** Exactly these bytes, or a failure: never a throw. */
export async function readExactly(
  read: ReadBytes,
  from: number,
  to: number,
): Promise<Result<Uint8Array, ZipFailure>> {
  try {
    const bytes = await read(from, to);
    return bytes.length === to - from ? ok(bytes) : fail({ kind: 'unreadable' });
  } catch {
    return fail({ kind: 'unreadable' });
  }
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A number of eight bytes. Past 2^53 it is rounded: larger than any archive all the same. */
export const uint64At = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
