/**
 * What a version of Transformers does about saves. Found by reading `trainer_callback.py`, `training_args.py` and
 * `trainer_utils.py` of 4.20, 4.30, 4.40 to 4.53, 4.57 and 5.23.
 */

/** From here on a run that saves by steps also saves at its last step (`DefaultFlowCallback.on_step_end`). */
const SAVES_LAST_STEP = [4, 42];
/** From here on `evaluation_strategy` is no argument any more: the call ends in a TypeError. */
const WITHOUT_EVALUATION_STRATEGY = [4, 51];

/** `null` version: not known, which is taken for one of today. */
export const savesLastStep = (transformers: string | null): boolean =>
  transformers === null || isFrom(transformers, SAVES_LAST_STEP);

/** Whether the old name of `eval_strategy` is an error; `null`: the version is not known. */
export const refusesEvaluationStrategy = (transformers: string | null): boolean | null =>
  transformers === null ? null : isFrom(transformers, WITHOUT_EVALUATION_STRATEGY);

const isFrom = (version: string, [major = 0, minor = 0]: readonly number[]): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor === major ? ownMinor >= minor : ownMajor > major;
};
