import type { Framework } from '../framework.ts';
import type { FrameworkTraining } from './framework-training.ts';

/** A code cell of the notebook, in the order of the notebook. */
export interface CellSource {
  readonly id: string;
  readonly source: string;
}

/**
 * A value read from source. `known` when it is a literal or could be followed through simple names, arithmetic and
 * string joins; `default` when the argument is absent and the framework's default applies; `unknown` when it is
 * there but cannot be followed.
 */
export type SourceValue<T> =
  | { readonly kind: 'known'; readonly value: T; readonly cellId: string }
  | { readonly kind: 'default'; readonly value: T }
  | { readonly kind: 'unknown' };

/** The values of training arguments that decide when and where checkpoints are written, and which of them stay. */
export interface ArgumentValues {
  readonly outputDir: SourceValue<string>;
  /** -1 when the length is given in epochs. */
  readonly maxSteps: SourceValue<number>;
  /** Counts where `maxSteps` is not above 0. */
  readonly numTrainEpochs: SourceValue<number>;
  /** `no`, `steps`, `epoch` or `best`. */
  readonly saveStrategy: SourceValue<string>;
  /** A fraction below 1 is a share of the run. */
  readonly saveSteps: SourceValue<number>;
  /** `null`: keep all. */
  readonly saveTotalLimit: SourceValue<number | null>;
  readonly saveOnlyModel: SourceValue<boolean>;
  /** `no`, `steps` or `epoch`; given as `eval_strategy` or, before Transformers 4.51, also as `evaluation_strategy`. */
  readonly evalStrategy: SourceValue<string>;
  /** `null`: as `loggingSteps`. */
  readonly evalSteps: SourceValue<number | null>;
  readonly loggingSteps: SourceValue<number>;
  readonly loadBestModelAtEnd: SourceValue<boolean>;
  readonly metricForBestModel: SourceValue<string | null>;
  readonly greaterIsBetter: SourceValue<boolean | null>;
  readonly perDeviceTrainBatchSize: SourceValue<number>;
  readonly gradientAccumulationSteps: SourceValue<number>;
}

/** What a notebook or script says of the arguments a trainer gets. */
export interface TrainingArguments extends ArgumentValues {
  /** For example `TrainingArguments` or `SFTConfig`. */
  readonly className: string;
  /** The cell in which they are made. */
  readonly cellId: string;
  /** The old name stands there: an error from Transformers 4.51 on. */
  readonly usesEvaluationStrategy: boolean;
}

/** The call that trains, inside one cell. */
export interface TrainCall {
  readonly cellId: string;
  /** The object it is called on, as written: `trainer`, `self.trainer`. */
  readonly trainer: string;
  /** `known`: assigned from a `…Trainer(…)` call seen in the notebook; `likely`: only its name says so. */
  readonly certainty: 'known' | 'likely';
  /** Offsets in the cell's source of the whole call expression `trainer.train(…)`. */
  readonly from: number;
  readonly to: number;
}

/** A cell that trains by running a script: `!python train.py …`, `%run train.py`, `!accelerate launch train.py`. */
export interface ScriptCall {
  readonly cellId: string;
  /** Path of the script as written on the command line. */
  readonly script: string;
  /**
   * The folder a `cd` before it leads to, relative to the kernel's; absent when there is no `cd`, `null` when it
   * cannot be followed. The script and its output folder are relative to it.
   */
  readonly directory?: string | null;
  /** Offsets in the cell's source of the whole command line (from `!` or `%` to the end of the logical line). */
  readonly from: number;
  readonly to: number;
}

/** What the notebook's source says about training in one cell. */
export interface TrainingSource {
  /** What trains, where the code shows it. */
  readonly framework: Framework | null;
  /** Training in the cell that is not the Hugging Face Trainer's; `call` is `null` then. */
  readonly training: FrameworkTraining | null;
  /** Such training in the script that the cell runs; offsets are in the script. */
  readonly scriptTraining: FrameworkTraining | null;
  readonly call: TrainCall | null;
  readonly script: ScriptCall | null;
  readonly arguments: TrainingArguments | null;
}

/** The option by which a script takes the checkpoint to resume from. */
export interface ResumeFlag {
  /** As on the command line: `--resume_from_checkpoint`, `--resume-from-checkpoint` or `--resume`. */
  readonly name: string;
  /** `false`: a switch, a yes/no or a choice; a given checkpoint cannot be handed over with it. */
  readonly takesValue: boolean;
  /** `false`: the script declares it and never reads it; training would silently begin at step 0. */
  readonly used: boolean;
}

/** What a training script's own source says. */
export interface ScriptSource {
  readonly framework: Framework | null;
  /** Training that is not the Hugging Face Trainer's. Its offsets are in the script. */
  readonly training: FrameworkTraining | null;
  readonly arguments: TrainingArguments | null;
  readonly resumeFlag: ResumeFlag | null;
}
