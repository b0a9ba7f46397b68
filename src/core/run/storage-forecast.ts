import { saveInterval } from './plan/save-steps.ts';
import { nextSave } from './saves.ts';
import { positionOf } from './progress.ts';
import { UNKNOWN_LIMIT, type Run, type SeenCheckpoint } from './run.ts';

/** How many more saves the disk has room for, as far as a run will make them. */
export type StorageRoom =
  /** Nobody tells what is free, or how large a checkpoint is. */
  | { readonly kind: 'unknown' }
  /** Every save that is still to come. */
  | { readonly kind: 'enough' }
  /** `fullAt`: the step of the first save without room, `null` where the interval is not known. */
  | { readonly kind: 'limited'; readonly more: number; readonly fullAt: number | null };

/** Room for so many more saves is little: time is left to make some, but not much. */
export const LITTLE_ROOM = 2;

export interface StorageForecast {
  /** Checkpoints that lie on the machine's disk. */
  readonly count: number;
  /** What they take, as far as their sizes are known. */
  readonly heldBytes: number;
  /** What the next one will take: as the newest whole one; `null` before there is one. */
  readonly nextBytes: number | null;
  readonly room: StorageRoom;
}

/** What the checkpoints of a run take on the machine, and how many more of them will fit. */
export const storageForecast = (run: Run, freeBytes: number | null): StorageForecast => {
  const there = run.checkpoints.filter(({ gone }) => !gone);
  const nextBytes = newestSize(there);
  return {
    count: there.length,
    heldBytes: heldBytes(run),
    nextBytes,
    room:
      freeBytes === null || nextBytes === null || nextBytes <= 0
        ? { kind: 'unknown' }
        : roomFor(run, there.length, Math.floor(freeBytes / nextBytes)),
  };
};

/** What the checkpoints that lie there take. */
export const heldBytes = ({ checkpoints }: Run): number =>
  checkpoints.reduce((sum, { gone, sizeBytes }) => sum + (gone ? 0 : (sizeBytes ?? 0)), 0);

const newestSize = (there: readonly SeenCheckpoint[]): number | null =>
  there.findLast(({ integrity }) => integrity.kind === 'complete')?.sizeBytes ?? null;

/** @param fit Saves of that size that fit into what is free. */
const roomFor = (run: Run, there: number, fit: number): StorageRoom => {
  const limit = limitOf(run, there);
  if (limit === null) return { kind: 'unknown' };
  // The Trainer writes the new one before it deletes the oldest.
  const wanted = Math.min(stillToCome(run), Math.max(0, limit - there) + 1);
  return fit >= wanted ? { kind: 'enough' } : { kind: 'limited', more: fit, fullAt: fullAt(run, fit) };
};

/**
 * How many stay; `Infinity`: all. Where the code does not tell, what is seen does: where one was deleted, as many stay as lie there;
 * a second one beside the first adds up. Of a single one nobody knows whether the next takes its place: `null`.
 */
const limitOf = ({ plan: { saveTotalLimit }, checkpoints }: Run, there: number): number | null => {
  if (saveTotalLimit !== UNKNOWN_LIMIT)
    return saveTotalLimit === null || saveTotalLimit <= 0 ? Infinity : saveTotalLimit;
  const own = checkpoints.filter(({ origin }) => origin === 'this-run');
  if (own.some(({ gone }) => gone)) return there;
  return own.length < 2 ? null : Infinity;
};

/** Saves that the plan still has, the one at the last step among them; `Infinity` where that is not known. */
const stillToCome = (run: Run): number => {
  const next = nextSave(run);
  const { total, interval } = pace(run);
  if (next === null || total === null || interval === null) return Infinity;
  return next > total ? 0 : Math.ceil((total - next) / interval) + 1;
};

const fullAt = (run: Run, fit: number): number | null => {
  const next = nextSave(run);
  const { total, interval } = pace(run);
  if (next === null || (interval === null && fit > 0)) return null;
  const step = next + fit * (interval ?? 0);
  return total === null ? step : Math.min(step, total);
};

const pace = (run: Run): { readonly total: number | null; readonly interval: number | null } => {
  const position = positionOf(run);
  const total = position?.unit === 'epochs' ? null : (position?.total ?? run.plan.maxSteps);
  return { total, interval: saveInterval(run.plan, total) };
};
