import type { Framework } from '../framework.ts';
import type { FamilyId } from './commands/families.ts';
import type { SavedState } from './saved-state.ts';
import type { SourceValue } from './training-source.ts';

/** Offsets in the source of the training cell. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Training of a framework other than the Hugging Face Trainer, as the notebook's code shows it. Plain data: offsets are
 * in the source of the training cell, and every text is Python as its user wrote it.
 */
export interface FrameworkTraining {
  readonly framework: Framework;
  readonly cellId: string;
  /** Where checkpoints are written, the most telling first; empty when the code does not show it. */
  readonly folders: readonly SourceValue<string>[];
  /** The last epoch, as the framework counts to it. */
  readonly epochs: SourceValue<number>;
  /** Its length in steps, where that is given. */
  readonly steps: SourceValue<number>;
  readonly site: TrainingSite;
}

export type TrainingSite = CallSite | LoopSite | CommandSite;

/** One call that trains: `trainer.fit(model)`, `model.learn(10_000)`. */
export interface CallSite {
  readonly kind: 'call';
  /** The whole call expression; `null` when it stands in a function of another cell. */
  readonly call: Span | null;
  /** What it is called on; a call itself where the object is made in passing: `YOLO("a.pt")`. Empty for a function. */
  readonly object: string;
  /** How that object was made; `null` when the notebook does not show it. */
  readonly made: MadeObject | null;
  /** How the code reaches what loads; `null` where nothing has to be reached. */
  readonly library: Library | null;
  /** The callback that takes a training up by itself when its cell runs again (Keras' `BackupAndRestore`). */
  readonly backup: SourceValue<string> | null;
  /** A callback is told to save the model's weights alone. */
  readonly weightsOnly: boolean;
}

/** A package as the code can name it: `tf.keras`, and the import that must come first when nothing names it yet. */
export interface Library {
  readonly name: string;
  readonly importLine: string | null;
}

/** A call that made an object, in whatever cell. */
export interface MadeObject {
  /** As written: `PPO`, `sb3.PPO`. */
  readonly className: string;
  /** Offsets of the call when it stands in the training cell. */
  readonly span: Span | null;
  /** The first argument given by its position, as written. */
  readonly firstArgument: string | null;
}

/** A loop that its user wrote, around `loss.backward()` and `optimizer.step()`. */
export interface LoopSite {
  readonly kind: 'loop';
  /** The statement before which the state has to be there: the loop, or the call of the function that holds it. */
  readonly before: number;
  /** The outermost loop around the training; `null` when it stands in a function of another cell. */
  readonly loop: EpochLoop | null;
  /** What the loop's steps go through (`accelerator`, `fabric`, `engine`); empty for plain PyTorch. */
  readonly through: string;
  /** What it saves, in the order of the source. */
  readonly saves: readonly SavedState[];
}

export interface EpochLoop extends Span {
  /** The loop's one name, or `null` for a `while` and for several names. */
  readonly variable: string | null;
  /** The first number it counts from: what stands there, or an empty span where one can be put. `null`: not a range. */
  readonly start: (Span & { readonly text: string }) | null;
}

/** A program that trains, run by a command line: `!yolo train …`, `!fairseq-train …`. */
export interface CommandSite extends Span {
  readonly kind: 'command';
  /** Which of the known programs it is. */
  readonly family: FamilyId;
  /** Where a `cd` before it leads; `''`: none, `null`: it cannot be followed. Its folders are relative to it. */
  readonly directory: string | null;
  /** Offset of the command's first word: one line may hold several commands. */
  readonly start: number;
}
