/**
 * How fast a copy may read that nobody waits for. The server and the line belong to the notebook: what tells whether it
 * suffers is how long a tiny question takes. When the answers get slower than the best ones, the pace is halved; while they
 * are as quick as ever it grows again.
 *
 * ```text
 *              answers as quick as the best ──► faster by a quarter, up to the limit
 *   a question ┤
 *              slower ──► half ── much slower ──► the least at once
 * ```
 *
 * At the least pace an answer that is slow still is not slow because of us, and the best is forgotten bit by bit: a line
 * that has become worse for good is not waited for for ever.
 */
export interface Pace {
  readonly bytesPerSecond: number;
  /** The quickest answer, `null` before the first. */
  readonly bestMs: number | null;
}

export const LEAST_BYTES_PER_SECOND = 128_000;
/** Without a limit of the user's: one file server's core gives some hundred times that, so training does not feel it. */
export const MOST_BYTES_PER_SECOND = 16_000_000;
const FIRST_BYTES_PER_SECOND = 4_000_000;

/** An answer may take that much longer than the best one: the browser itself is not always quick. */
const SLACK_MS = 50;
const MUCH_SLOWER_MS = 1000;
const FORGETTING = 1.02;

/** @param limit The user's own, in bytes per second; `null`: none. */
export const firstPace = (limit: number | null): Pace => ({
  bytesPerSecond: within(FIRST_BYTES_PER_SECOND, limit),
  bestMs: null,
});

/** The pace after a tiny question was answered in `answerMs`. */
export const nextPace = ({ bytesPerSecond, bestMs }: Pace, answerMs: number, limit: number | null): Pace => {
  const best = Math.min(answerMs, (bestMs ?? answerMs) * FORGETTING);
  const late = answerMs - best;
  const isSlow = late > Math.max(best, SLACK_MS);
  const wanted = late > MUCH_SLOWER_MS ? LEAST_BYTES_PER_SECOND : bytesPerSecond * (isSlow ? 1 / 2 : 5 / 4);
  return { bytesPerSecond: within(wanted, limit), bestMs: best };
};

const within = (bytesPerSecond: number, limit: number | null): number =>
  Math.min(
    limit ?? MOST_BYTES_PER_SECOND,
    MOST_BYTES_PER_SECOND,
    Math.max(LEAST_BYTES_PER_SECOND, bytesPerSecond),
  );
