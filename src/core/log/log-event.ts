import type { PackageVersions } from '../recovery/package-versions.ts';

/** What a line of training output can announce. */
export type LogEventKind =
  'saved' | 'deleted' | 'best' | 'loaded' | 'resumed' | 'train_start' | 'train_end' | 'progress' | 'versions';

/**
 * One thing a training log said. Numbers are as printed, nothing is shifted between 0- and 1-based counting;
 * what the line does not say is `null`, never a guess.
 */
export interface LogEvent {
  readonly kind: LogEventKind;
  /** Path as printed by the framework, without quotes. */
  readonly path: string | null;
  /**
   * The same file or folder as the lines before make it certain, where this line names none or only its last part
   * (`epoch_3.pth` in the known work_dir).
   */
  readonly pathInContext?: string;
  /** As the line says, else as the name of the file or folder says (`step_500.pt`); so is the epoch. */
  readonly step: number | null;
  readonly epoch: number | null;
  /** Total steps of the run, where the line prints them. */
  readonly total: number | null;
  /** Line of the text that announced it, counted from 0 over `\n`. */
  readonly line: number;
  /** Training loss printed on the same line. */
  readonly loss?: number;
  /** Steps per second, as printed by a progress bar. */
  readonly stepsPerSecond?: number;
  /** Versions of packages, by name: of `versions` only. */
  readonly packages?: PackageVersions;
  /** Of a bar that counts the batches which a resumed run passes over: no steps are trained meanwhile. */
  readonly skipping?: { readonly done: number; readonly total: number };
}

/** What a training said of itself; which packages are installed is said by others. */
export const isOfTraining = ({ kind }: LogEvent): boolean => kind !== 'versions';
