import type { Result } from '../../result.ts';
import type { CallSite, FrameworkTraining, LoopSite } from '../../source/framework-training.ts';
import type { ResumePoint } from '../resume-point.ts';
import type { TextEdit } from '../text-edit.ts';

/** Something the user must know of a resumed cell. Each kind is one sentence in the messages file. */
export const NOTES = [
  /** The optimizer, its schedule and the random numbers begin anew. */
  'weights-only',
  /** The optimizer is in the file if its framework is new enough. */
  'optimizer-by-version',
  /** How many epochs were done is not known: `value` is to be set by hand. */
  'set-epoch',
  /** It was written within an epoch, which begins again. */
  'epoch-again',
  /** As `epoch-again`; accelerate has `skip_first_batches` for it. */
  'skip-batches',
  /** The framework goes on by itself when its cell runs again. */
  'runs-again',
  /** The loop is in another cell and has to begin at `value`. */
  'loop-elsewhere',
  /** The framework takes the newest checkpoint of its folder, which has to be `value`. */
  'takes-newest',
  /** The replay buffer is not in the checkpoint. */
  'replay-buffer',
  /** What the checkpoint was trained with counts, not what the cell says. */
  'settings-of-checkpoint',
  /** Files of the checkpoint must be named in the configuration as well. */
  'name-files',
] as const;
export type NoteKind = (typeof NOTES)[number];

export interface Note {
  readonly kind: NoteKind;
  /** A name or a path that belongs into the sentence; empty where none does. */
  readonly value: string;
}

export const note = (kind: NoteKind, value = ''): Note => ({ kind, value });

/** Why there is no cell. */
export type IdiomFailure = {
  readonly kind:
    /** No way to resume this framework is known here. */
    | 'idiom-unknown'
    /** The framework itself has none. */
    | 'cannot-resume'
    /** What would have to be changed stands in another cell. */
    | 'trains-elsewhere'
    /** No call that saves is to be seen, so what the file holds is not known. */
    | 'no-save-call'
    /** The source is not the one that was read, or its syntax is broken there. */
    | 'unreadable-arguments'
    /** The path cannot be given on such a command line. */
    | 'path-not-writable';
};

/** What has to be changed in the cell. */
export interface Rewrite {
  readonly edits: readonly TextEdit[];
  readonly notes: readonly Note[];
}

export type IdiomResult = Result<Rewrite, IdiomFailure>;

export interface IdiomInput<Site = FrameworkTraining['site']> {
  /** Source of the training cell, the one that was read. */
  readonly source: string;
  readonly training: FrameworkTraining;
  readonly site: Site;
  readonly point: ResumePoint;
}

export type CallIdiom = (input: IdiomInput<CallSite>) => IdiomResult;
export type LoopIdiom = (input: IdiomInput<LoopSite>) => IdiomResult;
