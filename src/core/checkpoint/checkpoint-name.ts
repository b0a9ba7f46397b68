/**
 * The step in a checkpoint folder's name, or `null` when it is not one.
 *
 * Same rule as `get_last_checkpoint` in Transformers 5.23 (`^checkpoint\-(\d+)$`), with at most 15 digits, so that every
 * step is an exact integer: a longer name is somebody's joke, not a step count.
 */
export function stepOfCheckpointName(name: string): number | null {
  const digits = /^checkpoint-([0-9]{1,15})$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}
