/** How a Trainer saves, as far as a person can choose. */
export interface SaveSettings {
  /** Steps between two saves; a fraction below 1 is a share of the run, as Transformers reads it. `null`: left as it is. */
  readonly saveSteps: number | null;
  /** How many checkpoints stay; `null`: all. */
  readonly keep: number | null;
  /** Measured at each save, and the best one is kept and loaded at the end. */
  readonly best: boolean;
  /** One line is printed for each save. */
  readonly announces: boolean;
}

/** `own`: the numbers are the user's. */
export const presetNames = [
  'steady',
  'unstable',
  'little-disk',
  'best',
  'at-end',
  'own',
  'announce',
] as const;
export type PresetName = (typeof presetNames)[number];

/** More is a slip of the finger; Transformers itself has no limit. */
export const MOST_SAVE_STEPS = 10_000_000;
export const MOST_KEPT = 10_000;

/**
 * `save_steps` that comes out as the last step whatever the length, in every version that knows shares (4.29 and later): the
 * Trainer rounds `max_steps * save_steps` up. `save_steps=1.0` would be every step.
 */
const LAST_STEP = 0.9999999;

/** How much of a run of 600 steps lies between two saves in the guide that people copy: 100, 50 and 200 steps. */
const SHARES = {
  steady: { share: 6, keep: 3, unknown: 100, most: 500 },
  unstable: { share: 12, keep: 5, unknown: 50, most: 250 },
  'little-disk': { share: 3, keep: 2, unknown: 200, most: 1000 },
  best: { share: 6, keep: 3, unknown: 100, most: 500 },
} as const;

/**
 * A preset for a run of that length; `null`: nobody knows it, and the numbers are those for 600 steps. A short run saves as
 * often in its course as one of 600 steps does; a long one does not wait longer than `most` steps for a save.
 */
export function settingsOf(
  preset: Exclude<PresetName, 'own'>,
  maxSteps: number | null,
  announces: boolean,
): SaveSettings {
  switch (preset) {
    case 'announce':
      return { saveSteps: null, keep: null, best: false, announces: true };
    case 'at-end':
      return { saveSteps: maxSteps ?? LAST_STEP, keep: 1, best: false, announces };
    case 'steady':
    case 'unstable':
    case 'little-disk':
    case 'best': {
      const { share, keep, unknown, most } = SHARES[preset];
      const saveSteps = maxSteps === null ? unknown : Math.min(most, roundDown(maxSteps / share));
      return { saveSteps, keep, best: preset === 'best', announces };
    }
    default:
      return preset satisfies never;
  }
}

/** To one digit from 1 to 5 and noughts, at least 1: numbers that are easy to read in a list of checkpoints. */
function roundDown(steps: number): number {
  if (steps < 1) return 1;
  const power = 10 ** Math.floor(Math.log10(steps) + 1e-9);
  return ([5, 4, 3, 2, 1].find((digit) => digit * power <= steps + 1e-9) ?? 1) * power;
}

/** The steps at which a run of that length saves; the last step is one of them (Transformers 4.45 and later). */
export function savesAt({ saveSteps }: SaveSettings, maxSteps: number): readonly number[] {
  if (saveSteps === null || saveSteps <= 0 || maxSteps <= 0) return [];
  const every = saveSteps < 1 ? Math.ceil(maxSteps * saveSteps) : Math.floor(saveSteps);
  if (maxSteps / every > 100_000) return [];
  const saves = Array.from({ length: Math.floor(maxSteps / every) }, (_, index) => (index + 1) * every);
  return saves.at(-1) === maxSteps ? saves : [...saves, maxSteps];
}

/** How many checkpoints lie there when a run of that length has ended: never fewer than the newest and the best. */
export function keptOf(settings: SaveSettings, saves: number): number {
  return Math.min(saves, settings.keep === null ? saves : Math.max(settings.keep, settings.best ? 2 : 1));
}
