// oxlint-disable no-restricted-globals -- the calendar is used here, not the clock
import { EXTRA_EXTENDED_TIMESTAMP } from './zip-format.ts';
import { type Field, record } from './zip-record.ts';

/** What a DOS time can say: from 1980 to the last even second of 2107. */
const DOS_FIRST = Date.UTC(1980, 0, 1);
const DOS_LAST = Date.UTC(2107, 11, 31, 23, 59, 58);
const LAST_SECOND_OF_32_BITS = 0x7fffffff;

/**
 * A time as MS-DOS keeps it (4.4.6), in steps of two seconds, rounded down. DOS means local time; we write UTC, so that an
 * archive does not depend on where it was made. Readers that know the extended timestamp don't look here.
 */
export function dosTime(modifiedAt: number): { readonly time: number; readonly date: number } {
  const within = Number.isFinite(modifiedAt)
    ? Math.min(Math.max(modifiedAt, DOS_FIRST), DOS_LAST)
    : DOS_FIRST;
  const at = new Date(within);
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

/** The time in milliseconds that a DOS time stands for, taken as UTC. Fields out of range carry over. */
export const timeOfDos = (time: number, date: number): number =>
  Date.UTC(
    1980 + (date >> 9),
    ((date >> 5) & 0xf) - 1,
    date & 0x1f,
    time >> 11,
    (time >> 5) & 0x3f,
    (time & 0x1f) * 2,
  );

/**
 * The extra field with the seconds since 1970, and nothing where 32 bits can't hold them. It is the same in the local and
 * in the central header, because only the time of the last change is told (flag 1).
 */
export function extendedTimestamp(modifiedAt: number): Uint8Array {
  const seconds = Math.floor(modifiedAt / 1000);
  if (!(seconds >= 0 && seconds <= LAST_SECOND_OF_32_BITS)) return record([]);
  const fields: readonly Field[] = [[2, EXTRA_EXTENDED_TIMESTAMP], [2, 5], Uint8Array.of(1), [4, seconds]];
  return record(fields);
}
