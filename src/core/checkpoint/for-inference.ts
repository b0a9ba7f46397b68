/** What only training needs: optimizer, scheduler, scaler and random states (Transformers 5.23, accelerate 1.15). */
const TRAINING_ONLY =
  /^(?:optimizer(?:_\d+)?(?:\.(?:pt|bin|safetensors))?|scheduler\.pt|scaler\.pt|rng_state(?:_\d+)?\.pth|random_states_\d+\.pkl|training_args\.bin)(?:\/|$)/;

/**
 * Whether a file is needed to use a checkpoint for inference. In doubt it is: a file too many costs time, one too few the
 * model. DeepSpeed's `global_step…` folders stay for that reason, since they may hold the weights.
 *
 * @param path Relative to the checkpoint's folder.
 */
export const isForInference = (path: string): boolean => !TRAINING_ONLY.test(path);
