import type { Run } from '../run/run.ts';

/** Why the user has to make a run go on: of its script no option to resume is known, or the script was not read. */
export type ByHandReason = 'script-without-flag' | 'script-not-read';

/**
 * Told from the script as it was read when the run began: on a new machine it may be gone, and come back only with the
 * setup cells. One that was not read then may be read later, so only an insertion that fails tells of it.
 */
export const whyByHand = ({ script }: Pick<Run, 'script'>): ByHandReason | null => {
  switch (script) {
    case 'no-way':
      return 'script-without-flag';
    case 'not-read':
      return 'script-not-read';
    case 'takes-path':
    case null:
      return null;
    default:
      return script satisfies never;
  }
};

/** Whether a recovery ends with the files being back. */
export const isByHand = (run: Pick<Run, 'script'>): boolean => whyByHand(run) !== null;
