import type { AskedSaves, SavePhase } from '../core/reach/asked-save.ts';

/** What the user asked of a run that is going on, and what became of it. */
export interface SaveView {
  readonly phase: SavePhase;
  /** A save every so many steps, since the user asked for it. */
  readonly every: AskedSaves['every'];
  /** What is proposed for that; `null` where the pace is not known. In steps. */
  readonly advisedSteps: number | null;
  /** Names of the checkpoints that were made for a click. */
  readonly made: readonly string[];
}
