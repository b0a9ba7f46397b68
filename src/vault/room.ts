/** What this browser lets us keep. */
export interface Room {
  readonly usedBytes: number;
  readonly mostBytes: number;
}

/** `null`: the browser does not tell. */
export const room = async (): Promise<Room | null> => {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : { usedBytes: usage, mostBytes: quota };
  } catch {
    return null;
  }
};

/** Left free beside a copy: records, and what the browser itself writes. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** How much is missing for that many more bytes: 0 when they fit or nobody knows. */
export const missingFor = (bytes: number, known: Room | null): number =>
  known === null ? 0 : Math.max(0, bytes + SPARE_BYTES - (known.mostBytes - known.usedBytes));

const ANSWER_MS = 2000;

/**
 * Asks that copies are not cleared away by the browser when the disk gets full. It may ask the user, or never answer. Only
 * pages can ask, not workers.
 */
export const askToStay = async (): Promise<boolean> => {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ANSWER_MS));
  const asked = navigator.storage.persist().catch(() => false);
  return Promise.race([asked, late]);
};

/** Whether a write failed because there is no room. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
