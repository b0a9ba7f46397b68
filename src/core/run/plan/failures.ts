/** A run of the user's own history, times in milliseconds since the epoch. */
export interface PastRun {
  readonly startedAt: number;
  readonly endedAt: number;
  /** `lost`: its kernel or machine went; what its user stopped is no failure. */
  readonly ended: 'finished' | 'stopped' | 'lost';
}

/** Fewer losses tell no rate. */
const LEAST_LOSSES = 3;

/**
 * Hours between failures as a user's own runs show them: all the time they ran by the number of those that were lost. `null`
 * until enough were lost to tell.
 */
export const measuredMtbf = (runs: readonly PastRun[]): number | null => {
  const lost = runs.filter(({ ended }) => ended === 'lost').length;
  const hours = runs.reduce(
    (sum, { startedAt, endedAt }) => sum + Math.max(0, endedAt - startedAt) / 3_600_000,
    0,
  );
  return lost < LEAST_LOSSES || hours <= 0 ? null : hours / lost;
};

/**
 * Hours between failures where nothing is known of a user's own runs. Colab ends a free machine after 12 hours at the most
 * (its FAQ), often before; half of that stands for it. A server of one's own or of a lab is taken to fail once a day.
 */
export const assumedHours = (isColab: boolean): number => (isColab ? 6 : 24);
