import type { PythonValue } from './python-value.ts';
import type { ArgumentValues, SourceValue } from './training-source.ts';

/** One field of `TrainingArguments`: its name, its default, and which values are accepted for it. */
export interface ArgumentField<T> {
  readonly name: string;
  /** What it was called before; read where the present name is not given. */
  readonly oldName?: string;
  readonly fallback: T;
  readonly accept: (value: PythonValue, cellId: string) => SourceValue<T>;
  /** Where it stands among the values read. */
  readonly of: (values: ArgumentValues) => SourceValue<T>;
}

const unknown = { kind: 'unknown' } as const;

const text = (value: PythonValue, cellId: string): SourceValue<string> =>
  value.type === 'str' || value.type === 'path' ? { kind: 'known', value: value.value, cellId } : unknown;

const number = (value: PythonValue, cellId: string): SourceValue<number> =>
  value.type === 'int' || value.type === 'float' ? { kind: 'known', value: value.value, cellId } : unknown;

const truth = (value: PythonValue, cellId: string): SourceValue<boolean> =>
  value.type === 'bool' ? { kind: 'known', value: value.value, cellId } : unknown;

/** A field that takes `None`, too. */
const orNone =
  <T>(accept: ArgumentField<T>['accept']): ArgumentField<T | null>['accept'] =>
  (value, cellId) =>
    value.type === 'none' ? { kind: 'known', value: null, cellId } : accept(value, cellId);

/** A strategy by its name; `None` and the old `True`/`False` are taken as what they were made into. */
const strategy = (value: PythonValue, cellId: string): SourceValue<string> => {
  if (value.type === 'bool') return { kind: 'known', value: value.value ? 'steps' : 'no', cellId };
  return value.type === 'str' ? { kind: 'known', value: value.value.toLowerCase(), cellId } : unknown;
};

export const DEFAULT_FOLDER = 'trainer_output';

const folder = (value: PythonValue, cellId: string): SourceValue<string> =>
  value.type === 'none' ? { kind: 'default', value: DEFAULT_FOLDER } : text(value, cellId);

/** `num_train_epochs=None` is made into the default by TRL's users and by Unsloth. */
const epochs = (value: PythonValue, cellId: string): SourceValue<number> =>
  value.type === 'none' ? { kind: 'default', value: 3 } : number(value, cellId);

/** The fields that decide on checkpoints, with the defaults of transformers/training_args.py, 5.x. */
export const fieldReaders = {
  outputDir: { name: 'output_dir', fallback: DEFAULT_FOLDER, accept: folder, of: (of) => of.outputDir },
  maxSteps: { name: 'max_steps', fallback: -1, accept: number, of: (of) => of.maxSteps },
  numTrainEpochs: {
    name: 'num_train_epochs',
    fallback: 3,
    accept: epochs,
    of: (of) => of.numTrainEpochs,
  },
  saveStrategy: {
    name: 'save_strategy',
    fallback: 'steps',
    accept: strategy,
    of: (of) => of.saveStrategy,
  },
  saveSteps: { name: 'save_steps', fallback: 500, accept: number, of: (of) => of.saveSteps },
  saveTotalLimit: {
    name: 'save_total_limit',
    fallback: null,
    accept: orNone(number),
    of: (of) => of.saveTotalLimit,
  },
  saveOnlyModel: { name: 'save_only_model', fallback: false, accept: truth, of: (of) => of.saveOnlyModel },
  evalStrategy: {
    name: 'eval_strategy',
    oldName: 'evaluation_strategy',
    fallback: 'no',
    accept: strategy,
    of: (of) => of.evalStrategy,
  },
  evalSteps: { name: 'eval_steps', fallback: null, accept: orNone(number), of: (of) => of.evalSteps },
  loggingSteps: { name: 'logging_steps', fallback: 500, accept: number, of: (of) => of.loggingSteps },
  loadBestModelAtEnd: {
    name: 'load_best_model_at_end',
    fallback: false,
    accept: truth,
    of: (of) => of.loadBestModelAtEnd,
  },
  metricForBestModel: {
    name: 'metric_for_best_model',
    fallback: null,
    accept: orNone(text),
    of: (of) => of.metricForBestModel,
  },
  greaterIsBetter: {
    name: 'greater_is_better',
    fallback: null,
    accept: orNone(truth),
    of: (of) => of.greaterIsBetter,
  },
  perDeviceTrainBatchSize: {
    name: 'per_device_train_batch_size',
    fallback: 8,
    accept: number,
    of: (of) => of.perDeviceTrainBatchSize,
  },
  gradientAccumulationSteps: {
    name: 'gradient_accumulation_steps',
    fallback: 1,
    accept: number,
    of: (of) => of.gradientAccumulationSteps,
  },
} satisfies {
  readonly [Key in keyof ArgumentValues]: ArgumentValues[Key] extends SourceValue<infer T>
    ? ArgumentField<T>
    : never;
};

/** Reads every field in the same way. */
export const eachField = (read: <T>(field: ArgumentField<T>) => SourceValue<T>): ArgumentValues => ({
  outputDir: read<string>(fieldReaders.outputDir),
  maxSteps: read<number>(fieldReaders.maxSteps),
  numTrainEpochs: read<number>(fieldReaders.numTrainEpochs),
  saveStrategy: read<string>(fieldReaders.saveStrategy),
  saveSteps: read<number>(fieldReaders.saveSteps),
  saveTotalLimit: read<number | null>(fieldReaders.saveTotalLimit),
  saveOnlyModel: read<boolean>(fieldReaders.saveOnlyModel),
  evalStrategy: read<string>(fieldReaders.evalStrategy),
  evalSteps: read<number | null>(fieldReaders.evalSteps),
  loggingSteps: read<number>(fieldReaders.loggingSteps),
  loadBestModelAtEnd: read<boolean>(fieldReaders.loadBestModelAtEnd),
  metricForBestModel: read<string | null>(fieldReaders.metricForBestModel),
  greaterIsBetter: read<boolean | null>(fieldReaders.greaterIsBetter),
  perDeviceTrainBatchSize: read<number>(fieldReaders.perDeviceTrainBatchSize),
  gradientAccumulationSteps: read<number>(fieldReaders.gradientAccumulationSteps),
});

/** Every field at its default. */
export const defaultValues = (): ArgumentValues =>
  eachField((field) => ({ kind: 'default', value: field.fallback }));

/** No field known. */
export const unknownValues = (): ArgumentValues => eachField(() => unknown);
