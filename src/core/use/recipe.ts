import type { CheckpointForm } from '../checkpoint/checkpoint.ts';
import type { Framework } from '../framework.ts';
import type { AdapterConfig, ModelConfig } from './checkpoint-config.ts';

/** What is known of a checkpoint that is to be used, before anything of it is loaded. */
export interface UsedCheckpoint {
  readonly name: string;
  /** As the kernel sees it, in the way the user wrote its folder. */
  readonly path: string;
  readonly form: CheckpointForm;
  readonly framework: Framework;
  readonly step: number | null;
  /** Whether it holds nothing but weights, as far as its files tell. */
  readonly weightsOnly: boolean;
  /** Names of what lies in its folder; empty for a file. */
  readonly files: readonly string[];
  /** `null`: there is no such file. */
  readonly adapter: AdapterConfig | null;
  readonly config: ModelConfig | null;
}

/** Why no cell can be written that loads a checkpoint. Each has one sentence in the messages file. */
export type NoUse =
  /** Neither `config.json` nor `adapter_config.json` is there, or neither tells what made it. */
  | 'no-config'
  | 'no-base-model'
  | 'no-tokenizer'
  | 'framework-unknown'
  /** The notebook does not show the object that the weights belong to. */
  | 'model-unknown'
  | 'class-unknown'
  /** What it answers cannot be put into a table of texts. */
  | 'not-comparable'
  /** Those chosen are loaded in different ways. */
  | 'different-kinds';

/** `from module import name`; without a module `import name`. */
export interface Import {
  readonly module: string | null;
  readonly name: string;
}

/** The names that a cell may give. */
export interface CellNames {
  readonly model: string;
  readonly tokenizer: string;
  /** What an imported name is called in the cell. */
  readonly of: (imported: string) => string;
}

/**
 * How a loaded model is asked.
 * - `generate`: text to text. `multimodal`: the same by a processor, with a picture if there is one.
 * - `classify`: text to a label. `embed`: text to numbers.
 * - the others take what only their user can give them.
 */
export type Answers = 'generate' | 'multimodal' | 'classify' | 'embed' | 'call' | 'predict' | 'pictures';

/** How the checkpoints of one kind are loaded. Statements may span lines; what stands in them is kept as its user wrote it. */
export interface Recipe {
  /** Checkpoints with the same one can be compared. */
  readonly kind: string;
  readonly imports: readonly Import[];
  readonly answers: Answers;
  /** Statements that make the model, and its tokenizer where it has one. `path`: a Python expression. */
  readonly load: (names: CellNames, path: string) => readonly string[];
  /** Adapters share the model they were trained on: it is loaded once, and is the answer without training. `null` for all else. */
  readonly base: ((names: CellNames) => readonly string[]) | null;
}
