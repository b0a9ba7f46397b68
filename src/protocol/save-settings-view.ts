import * as v from 'valibot';
import {
  MOST_KEPT,
  MOST_SAVE_STEPS,
  presetNames,
  type PresetName,
  type SaveSettings,
} from '../core/save-settings/save-settings.ts';

/** What can be chosen of how the next run saves. */
export interface SaveSettingsView {
  /**
   * `insert`: a cell is put directly above the training cell. `lines`: the same by hand, for this page gives no way to put a
   * cell in. `arguments`: the trainer is made in the cell that trains, so only where its arguments are written.
   */
  readonly way: 'insert' | 'lines' | 'arguments';
  /** As the training cell has it; `null` for `arguments`. */
  readonly trainer: string | null;
  /** Of the arguments, for example `SFTConfig`; `null`: not known. */
  readonly className: string | null;
  /** Length of the run; `null`: not known. */
  readonly maxSteps: number | null;
  /** Of a checkpoint that this notebook has saved before; `null`: none is known. */
  readonly checkpointBytes: number | null;
  /** The cell of ours that stands in the notebook as it was put there. */
  readonly inserted: {
    readonly preset: PresetName;
    readonly settings: SaveSettings;
    /** Whether it ran in the present life of the kernel. */
    readonly ran: boolean;
  } | null;
}

const share = v.pipe(v.number(), v.gtValue(0), v.ltValue(1));
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

export const saveSettingsSchema = v.object({
  saveSteps: v.nullable(v.union([share, count(MOST_SAVE_STEPS)])),
  keep: v.nullable(count(MOST_KEPT)),
  best: v.boolean(),
  announces: v.boolean(),
});
export const presetSchema = v.picklist(presetNames);
