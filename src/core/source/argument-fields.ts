import type { PythonValue } from './python-value.ts';
import type { SourceValue } from './training-source.ts';

/** One field of `TrainingArguments`: its name, its default, and which values are accepted for it. */
export interface ArgumentField<T> {
  readonly name: string;
  readonly fallback: T;
  readonly accept: (value: PythonValue, cellId: string) => SourceValue<T>;
}

const text = (value: PythonValue, cellId: string): SourceValue<string> =>
  value.type === 'str' || value.type === 'path'
    ? { kind: 'known', value: value.value, cellId }
    : { kind: 'unknown' };

const number = (value: PythonValue, cellId: string): SourceValue<number> =>
  value.type === 'int' || value.type === 'float'
    ? { kind: 'known', value: value.value, cellId }
    : { kind: 'unknown' };

const limit = (value: PythonValue, cellId: string): SourceValue<number | null> =>
  value.type === 'none' ? { kind: 'known', value: null, cellId } : number(value, cellId);

const defaultFolder = 'trainer_output';

const folder = (value: PythonValue, cellId: string): SourceValue<string> =>
  value.type === 'none' ? { kind: 'default', value: defaultFolder } : text(value, cellId);

/** The fields that decide on checkpoints, with the defaults of transformers/training_args.py, 5.x. */
export const fieldReaders = {
  outputDir: { name: 'output_dir', fallback: defaultFolder, accept: folder },
  maxSteps: { name: 'max_steps', fallback: -1, accept: number },
  saveStrategy: { name: 'save_strategy', fallback: 'steps', accept: text },
  saveSteps: { name: 'save_steps', fallback: 500, accept: number },
  saveTotalLimit: { name: 'save_total_limit', fallback: null, accept: limit },
} satisfies {
  readonly outputDir: ArgumentField<string>;
  readonly maxSteps: ArgumentField<number>;
  readonly saveStrategy: ArgumentField<string>;
  readonly saveSteps: ArgumentField<number>;
  readonly saveTotalLimit: ArgumentField<number | null>;
};
