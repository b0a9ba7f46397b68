import * as v from 'valibot';
import type { MemoryUse } from './memory-use.ts';
import { risingSlope } from './slope.ts';

/**
 * Whether a run is about to die because the memory of its machine is full, from what the machine said minute by minute.
 *
 * ```text
 *            free below `low`                  free above 1.5 × `low`
 *   calm ───────────────────────────► full ───────────────────────────► calm or filling
 *    │ ▲                               ▲
 *    │ └── no longer within half an hour│ free below `low`
 *    ▼                                 │
 *   filling ───────────────────────────┘      (full within a quarter of an hour, and most of it taken already)
 * ```
 *
 * The borders differ by direction, so that a memory that goes up and down around one of them does not blink.
 */
const time = v.number();

const memorySampleSchema = v.object({ at: time, usedBytes: v.number(), limitBytes: v.number() });
export type MemorySample = v.InferOutput<typeof memorySampleSchema>;

export const memoryPressureSchema = v.object({
  /** The run that it was read for. */
  runId: v.string(),
  askedAt: time,
  /** The machine answers, and does not tell. */
  isSilent: v.boolean(),
  /** Oldest first. */
  samples: v.array(memorySampleSchema),
  level: v.picklist(['calm', 'filling', 'full']),
  /** The user was told of it for this run. */
  told: v.boolean(),
});
export type MemoryPressure = v.InferOutput<typeof memoryPressureSchema>;

/** What is left when memory is called nearly full: a share, of a large machine no more than a training takes for one step. */
const LOW_SHARE = 0.08;
const LOW_BYTES = 4 * 1024 ** 3;
/** What must be free, in so many times that, before it is not called so any more. */
const CALM_FACTOR = 1.5;
/** Before that it fills within so long, when so much of it is taken. */
const FILLS_WITHIN_MS = 15 * 60_000;
const CALM_WITHIN_MS = 30 * 60_000;
const MOST_SHARE = 0.7;
/** A forecast is made from so many readings, over that long. */
const MOST_SAMPLES = 10;
const FEWEST_SAMPLES = 5;
const SHORTEST_SPAN_MS = 3.5 * 60_000;
/** A rise below this share over all of them is none that matters. */
const LEAST_RISE = 0.01;
/** Readings further apart than this belong to two times. */
const LONGEST_GAP_MS = 5 * 60_000;

export const beginPressure = (runId: string, at: number): MemoryPressure => ({
  runId,
  askedAt: at,
  isSilent: false,
  samples: [],
  level: 'calm',
  told: false,
});

/**
 * @param told What the machine said; `null`: it does not tell.
 * @param at When it was asked, milliseconds since the epoch.
 */
export const tookReading = (pressure: MemoryPressure, told: MemoryUse | null, at: number): MemoryPressure => {
  if (told === null) return { ...pressure, askedAt: at, isSilent: true, samples: [], level: 'calm' };
  const sample = { at, usedBytes: told.usedBytes, limitBytes: told.limitBytes };
  const samples = [...sameTime(pressure.samples, sample), sample].slice(-MOST_SAMPLES);
  return { ...pressure, askedAt: at, isSilent: false, samples, level: levelOf(samples, pressure.level) };
};

/** What is not answered now is not known now; what was read before still tells how it rises. */
export const heardNothing = (pressure: MemoryPressure, at: number): MemoryPressure => ({
  ...pressure,
  askedAt: at,
});

/** Milliseconds until it is full, if it goes on like this; `null` where it does not plainly rise. */
export const fullInMs = (samples: readonly MemorySample[]): number | null => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || samples.length < FEWEST_SAMPLES) return null;
  const span = last.at - first.at;
  if (span < SHORTEST_SPAN_MS) return null;
  const slope = risingSlope(samples.map(({ at, usedBytes }) => ({ at, value: usedBytes })));
  if (slope === null || slope * span < last.limitBytes * LEAST_RISE) return null;
  return Math.max(0, last.limitBytes - last.usedBytes) / slope;
};

/** Another limit is another machine. */
const sameTime = (
  samples: readonly MemorySample[],
  { at, limitBytes }: MemorySample,
): readonly MemorySample[] => {
  const last = samples.at(-1);
  return last?.limitBytes === limitBytes && at > last.at && at - last.at <= LONGEST_GAP_MS ? samples : [];
};

const levelOf = (
  samples: readonly MemorySample[],
  before: MemoryPressure['level'],
): MemoryPressure['level'] => {
  const last = samples.at(-1);
  if (last === undefined) return 'calm';
  const free = last.limitBytes - last.usedBytes;
  const low = Math.min(last.limitBytes * LOW_SHARE, LOW_BYTES);
  if (free < (before === 'full' ? low * CALM_FACTOR : low)) return 'full';
  const left = fullInMs(samples);
  const within = before === 'calm' ? FILLS_WITHIN_MS : CALM_WITHIN_MS;
  return left !== null && left <= within && last.usedBytes >= last.limitBytes * MOST_SHARE
    ? 'filling'
    : 'calm';
};
