import type { ArgumentValues, SourceValue } from './training-source.ts';

/** Whose defaults a class of training arguments has. */
export type DefaultsOf = 'transformers' | 'trl' | 'unsloth';

/**
 * The defaults that a class has other than `TrainingArguments`. TRL's configurations log every 10 steps
 * (`trl/trainer/base_config.py`, 1.x; earlier ones by and by), which is also how often they evaluate when `eval_steps` is not
 * given. Unsloth replaces them by its own (`unsloth/models/rl.py`, since February 2025, seen in August 2026), which log every
 * step and, where neither a folder nor an interval of saves is given, save nothing at all: their condition is
 * `output_dir is None and save_strategy == 'steps' and save_steps == 500`, whoever gave these values.
 */
export function withClassDefaults<T extends ArgumentValues>(values: T, of: DefaultsOf): T {
  switch (of) {
    case 'transformers':
      return values;
    case 'trl':
      return { ...values, loggingSteps: otherwise(values.loggingSteps, 10) };
    case 'unsloth':
      return savesNothing(values, {
        ...values,
        loggingSteps: otherwise(values.loggingSteps, 1),
        perDeviceTrainBatchSize: otherwise(values.perDeviceTrainBatchSize, 4),
        gradientAccumulationSteps: otherwise(values.gradientAccumulationSteps, 2),
      });
    default:
      return of satisfies never;
  }
}

const otherwise = <T>(read: SourceValue<T>, fallback: T): SourceValue<T> =>
  read.kind === 'default' ? { kind: 'default', value: fallback } : read;

function savesNothing<T extends ArgumentValues>({ outputDir, saveStrategy, saveSteps }: T, read: T): T {
  if (outputDir.kind !== 'default') return read;
  // Where one of the two could not be followed, so could not what becomes of it.
  if (saveStrategy.kind === 'unknown' || saveSteps.kind === 'unknown') return read;
  if (saveStrategy.value !== 'steps' || saveSteps.value !== 500) return read;
  return {
    ...read,
    outputDir: { kind: 'default', value: 'unsloth_training_checkpoints' },
    saveStrategy: { kind: 'default', value: 'no' },
  };
}
