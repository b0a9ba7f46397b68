import type { CheckpointForm, Defect, Integrity } from '../core/checkpoint/checkpoint.ts';
import type { Unit } from '../core/checkpoint/epochs.ts';
import type { Disk, LossCause } from '../core/recovery/diagnosis.ts';
import type { ByHandReason } from '../core/recovery/by-hand.ts';
import type { Drift } from '../core/recovery/package-versions.ts';
import type { SetupMark } from '../core/recovery/setup-mark.ts';
import type { ResumeProof } from '../core/run/resumption.ts';
import type { FolderSource } from '../core/run/run.ts';
import type { Skipping } from '../core/run/skipping.ts';
import type { SavePlan } from '../core/run/plan/save-plan.ts';
import type { KnownSaves } from '../core/run/saves.ts';
import type { AskingView } from './asking-view.ts';
import type { HomeView } from './home-view.ts';
import type { InsertFailure } from './insert-failure.ts';
import type { MemoryView } from './memory-view.ts';
import type { KeepingView } from './keeping-view.ts';
import type { SaveView } from './save-view.ts';
import type { SaveSettingsView } from './save-settings-view.ts';
import type { StorageView } from './storage-view.ts';
import type { UsesView } from './use-view.ts';

/** Everything the popup shows, computed by the background. Codes and numbers only: words live in the messages file. */
export type PopupView =
  /** A page the extension has nothing to do with (browser pages, files, an unsupported address). */
  | { readonly kind: 'nothing-here' }
  /** A web page where Holdfast has not been allowed yet. */
  | { readonly kind: 'site-off'; readonly origin: string; readonly host: string }
  /** Allowed, but the page was loaded before: it must be reloaded once. */
  | { readonly kind: 'reload-needed'; readonly host: string }
  /** A supported site, no notebook open in this tab. */
  | { readonly kind: 'not-a-notebook'; readonly host: string }
  | NotebookView;

export interface NotebookView {
  readonly kind: 'notebook';
  readonly notebookId: string;
  /** File name, for example `gemma_lora.ipynb`. */
  readonly name: string;
  readonly state: NotebookState;
  readonly health: HealthView;
  readonly settings: SettingsView;
  readonly home: HomeView;
  readonly keeping: KeepingView;
  /** What the run that is going on was asked for. */
  readonly saves: SaveView;
  /** `null`: there is nothing to choose now. */
  readonly saveSettings: SaveSettingsView | null;
  /** `null`: nothing trains here that could be asked for saves. */
  readonly asking: AskingView | null;
  /** `null`: no run whose folder is known. */
  readonly storage: StorageView | null;
  readonly uses: UsesView;
  /** `null`: nothing to worry about, or nobody knows. */
  readonly memory: MemoryView | null;
}

export interface SettingsView {
  /** Insert the resume cell by itself when a kernel is there again. */
  readonly insertAfterReconnect: boolean;
  /** Also run setup cells and the resume cell by itself. */
  readonly runAfterReconnect: boolean;
  /** Hours between failures, as the user said; `null` or absent: taken from where the notebook runs. */
  readonly hoursBetweenFailures?: number | null | undefined;
}

/** Which way into the page is in use. `trouble` is shown to the user in one line. */
export interface HealthView {
  readonly application: 'working' | 'absent' | 'waiting';
  readonly kernelTap: 'reading' | 'standing-by' | 'idle';
  readonly canInsert: boolean;
  /** `none`: the page says that it has no runtime (Colab). `unknown`: it does not say. */
  readonly runtime: 'there' | 'none' | 'unknown';
  readonly files: 'working' | 'not-tried' | FilesTrouble;
}
/** Why the server's files cannot be read. */
export type FilesTrouble =
  | 'signed-out'
  | 'forbidden'
  | 'server-error'
  | 'server-stopped'
  | 'too-many-requests'
  | 'unreachable'
  | 'not-understood'
  | 'unsupported-site';

export type NotebookState =
  | { readonly kind: 'idle'; readonly plan: PlanView | null }
  | {
      readonly kind: 'training';
      readonly run: RunView;
      readonly connection: ConnectionView;
      /** `null` or absent: of what trains nobody knows how it saves. */
      readonly plan?: PlanView | null;
    }
  | {
      readonly kind: 'finished';
      readonly run: RunView;
      /** In the run's unit. */
      readonly resumedFrom: number | null;
      /** `replaced`: the notebook has another machine since, with a disk of its own (Colab). */
      readonly machine: 'same' | 'replaced';
      readonly plan?: PlanView | null;
    }
  | {
      readonly kind: 'stopped';
      readonly run: RunView;
      readonly reason: StopReason;
      readonly resume: ResumeView;
    }
  | { readonly kind: 'lost'; readonly run: RunView; readonly loss: LossView; readonly resume: ResumeView }
  | {
      readonly kind: 'recovering';
      readonly run: RunView;
      readonly steps: readonly RecoveryStepView[];
      readonly status: 'running' | 'failed' | 'stopped';
    };

/** What the code says of the saves, and what the run has shown of it since. */
export type PlanView = SavePlan;

/** The page's line to the kernel while a run is thought to go on. */
export type ConnectionView =
  | { readonly kind: 'connected' }
  /** The browser says it is offline. The run may go on. */
  | { readonly kind: 'offline'; readonly since: number }
  /** The server does not answer. The run may go on or be gone. */
  | { readonly kind: 'server-unreachable'; readonly since: number }
  /** The page has no line to the kernel; the server answers, and the kernel is there: the run goes on. */
  | { readonly kind: 'notebook-disconnected'; readonly since: number }
  /** The page says that it has no runtime any more (Colab). Whether its disk lives is known after the next connect. */
  | { readonly kind: 'runtime-disconnected'; readonly since: number }
  /** The line is good, but the page asks for a person: a captcha (Colab). Unanswered it can cost the machine. */
  | { readonly kind: 'person-wanted' }
  /** The tab was reloaded or closed; the page is not heard at the moment. */
  | { readonly kind: 'page-away'; readonly since: number };

export type StopReason =
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

export interface LossView {
  readonly cause: LossCause;
  /** Whether the disk that the run wrote to outlived it. */
  readonly disk: Disk;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether a kernel is there again. */
  readonly kernel: 'back' | 'away';
  /** The checkpoint that has appeared since the loss, where one has: something still writes into the folder. */
  readonly grew?: string | undefined;
}

export interface RunView {
  /**
   * What its numbers count: `step`, `total`, `safeStep`, `stepsAtRisk`, `nextSave` and the steps of its checkpoints are in this
   * unit. An epoch is counted from 1; `step` is then the one that runs, `safeStep` the last that was done when it was saved.
   */
  readonly unit: Unit;
  /** Last step known, `null` before the first. */
  readonly step: number | null;
  /** When that step was seen, milliseconds since the epoch. */
  readonly stepSeenAt: number | null;
  readonly stepSource: 'table' | 'bar' | 'log' | 'folder' | null;
  readonly total: number | null;
  readonly loss: number | null;
  readonly secondsPerStep: number | null;
  readonly secondsLeft: number | null;
  /** Name of the newest complete checkpoint of this run; `null`: there is none. */
  readonly safeName: string | null;
  /** How far it reaches; `null` also where it does not tell (`last.pt`). */
  readonly safeStep: number | null;
  /** Whether `safeStep` tells all: see `KnownSaves`. */
  readonly saves: KnownSaves;
  /** What would be lost if it stopped now. */
  readonly stepsAtRisk: number | null;
  readonly secondsAtRisk: number | null;
  readonly nextSave: number | null;
  /** Newest first. */
  readonly checkpoints: readonly CheckpointView[];
  readonly folder: FolderView;
  /** Where two sources contradict each other; shown as such. */
  readonly contradictions: readonly Contradiction[];
  /** Whether a run that was to go on does; `null` for a run from the beginning. */
  readonly proof: ResumeProof | null;
  /** Packages that are other ones than when what it goes on from was saved, until it is seen to go on. */
  readonly drift: readonly Drift[];
  /** What a resumed run may be passing over since then, up to that step; `null` where nothing, or not any more. */
  readonly skipping: (Skipping & { readonly toStep: number; readonly since: number }) | null;
}

export interface CheckpointView {
  readonly name: string;
  readonly form: CheckpointForm;
  /** In the run's unit; `null`: it does not tell, and is known by its name. */
  readonly step: number | null;
  readonly sizeBytes: number | null;
  readonly integrity: Integrity;
  readonly loss: number | null;
  readonly isBest: boolean;
  /** `earlier`: it lay in the folder before this run began. */
  readonly origin: 'this-run' | 'earlier';
  /** Rotation removes it when the next one is saved. */
  readonly goesAt: number | null;
  /** It was on the disk and is no longer (rotated away): drawn as a small dot. */
  readonly gone: boolean;
  /** What of it inference needs; `null` where its files were not listed. */
  readonly inferenceBytes: number | null;
  /** The whole copy of it in this browser, of everything. */
  readonly copyId: string | null;
}

export type FolderView =
  | { readonly kind: 'watching'; readonly path: string; readonly from: FolderSource }
  | { readonly kind: 'not-there-yet'; readonly path: string; readonly from: FolderSource }
  | { readonly kind: 'outside-server'; readonly path: string }
  | { readonly kind: 'unknown' };

export type Contradiction =
  | { readonly kind: 'announced-not-on-disk'; readonly path: string }
  | { readonly kind: 'deleted-still-on-disk'; readonly path: string }
  | { readonly kind: 'step-behind-folder'; readonly shown: number; readonly folder: number };

/** The resume cell and what stands around it. */
export interface ResumeView {
  /** The checkpoint it resumes from; `null`: there is nothing to resume from. */
  readonly from: { readonly name: string; readonly step: number | null } | null;
  /** What is kept in this browser and has to be put back first, in this order; none when `from` lies on the disk. */
  readonly restores: readonly { readonly name: string; readonly sizeBytes: number }[];
  /** Newer ones that were passed over, and why. */
  readonly passedOver: readonly {
    readonly name: string;
    readonly defects: readonly Defect[];
    readonly integrity: Integrity['kind'];
  }[];
  readonly cell: ResumeCellView;
  /** Why no resume cell can be written: its files are put back, the rest is up to the user. */
  readonly byHand: ByHandReason | null;
  /** Cells that ran well before the training cell, in that order. */
  readonly setup: readonly SetupCellView[];
}

export type ResumeCellView =
  | { readonly kind: 'not-inserted' }
  | { readonly kind: 'inserted'; readonly checkpoint: string }
  /** The page gives no safe way to insert: the text is here to be copied. */
  | { readonly kind: 'copy'; readonly text: string }
  /** No resume cell can be written for this training cell. */
  | {
      readonly kind: 'impossible';
      readonly reason:
        | 'no-checkpoint'
        | 'no-train-call'
        | 'script-without-flag'
        | 'script-not-read'
        | 'idiom-unknown'
        | 'cannot-resume'
        | 'trains-elsewhere'
        | 'no-save-call'
        | 'path-not-writable'
        | 'still-checking';
    }
  | { readonly kind: 'failed'; readonly reason: InsertFailure; readonly text: string };

export interface SetupCellView {
  readonly cellId: string;
  /** First line with text in it, cut to 80 characters. */
  readonly title: string;
  readonly state: 'same' | 'changed' | 'missing';
  /** How long it took in the lost kernel's life, milliseconds. */
  readonly tookMs: number | null;
  readonly mark: SetupMark | null;
}

export type RecoveryStepView = {
  readonly kind: 'restore' | 'setup' | 'insert' | 'train' | 'watch';
  readonly title: string | null;
  /** Of what is put back. */
  readonly sizeBytes: number | null;
  /** How far that is, where it is known. */
  readonly doneBytes: number | null;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** It runs, and its page was loaded anew meanwhile: its end may have been missed. */
  readonly unheard: boolean;
  /** For `failed`: what the kernel said, name and message. */
  readonly error: string | null;
};
