import type { Settings } from '../browser/settings.ts';
import { reachOf } from '../core/checkpoint/epochs.ts';
import { newestGood } from '../core/checkpoint/newest-good.ts';
import { setupCells, type SetupCell } from '../core/recovery/setup-record.ts';
import { whyByHand } from '../core/recovery/by-hand.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { Run } from '../core/run/run.ts';
import { nextAskedSave, ofRun } from '../core/reach/asked-save.ts';
import { unitOf } from '../core/run/unit.ts';
import type {
  ConnectionView,
  NotebookState,
  NotebookView,
  PlanView,
  ResumeView,
  RunView,
} from '../protocol/popup-view.ts';
import type { AskingView } from '../protocol/asking-view.ts';
import type { HomeView } from '../protocol/home-view.ts';
import type { KeepingView } from '../protocol/keeping-view.ts';
import type { MemoryView } from '../protocol/memory-view.ts';
import type { SaveSettingsView } from '../protocol/save-settings-view.ts';
import type { StorageView } from '../protocol/storage-view.ts';
import type { KnownCopy } from './copies.ts';
import type { FailureRate } from './failure-rate.ts';
import type { Notebook } from './notebook.ts';
import { planOfRun } from './plan-reading.ts';
import { recoveryState, resumeCellView } from './recovery-view.ts';
import { restartPoint } from './restart-point.ts';
import { runView } from './run-view.ts';
import { saveView } from './save-view.ts';
import { usesView } from './uses.ts';

/** What is known beside a notebook's record when it is shown. */
export interface Beside {
  readonly settings: Settings;
  readonly failures: FailureRate;
  /** Its code cells as they stand now. */
  readonly cells: readonly CellSource[];
  /** Of a notebook without a run. */
  readonly plan: PlanView | null;
  readonly home: HomeView;
  readonly copies: readonly KnownCopy[];
  readonly keeping: KeepingView;
  readonly saveSettings: SaveSettingsView | null;
  readonly asking: AskingView | null;
  readonly storage: StorageView | null;
  readonly memory: MemoryView | null;
}

/** What the popup shows of one notebook. */
export const notebookView = (notebook: Notebook, beside: Beside): NotebookView => ({
  kind: 'notebook',
  notebookId: notebook.id,
  name: notebook.name,
  state: stateOf(notebook, beside),
  health: {
    application: notebook.application,
    kernelTap: notebook.kernelTap,
    canInsert: notebook.canInsert,
    runtime: runtimeOf(notebook),
    files: notebook.files,
  },
  settings: beside.settings,
  home: beside.home,
  keeping: beside.keeping,
  saves: saveView(notebook),
  saveSettings: beside.saveSettings,
  asking: beside.asking,
  storage: beside.storage,
  uses: usesView(notebook.uses, beside.cells),
  memory: beside.memory,
});

const stateOf = (notebook: Notebook, { failures, cells, plan, home, copies }: Beside): NotebookState => {
  const { run } = notebook;
  if (run === null) return { kind: 'idle', plan };
  const shown = runView(
    run,
    notebook.files === 'working',
    notebook.lookMemory,
    copies,
    notebook.setup.packages,
  );
  const view = { ...shown, nextSave: nextSaveOf(notebook, shown) };
  const recovering = recoveryState(notebook, view, home);
  if (recovering !== null) return recovering;
  switch (run.phase.kind) {
    case 'training':
      return {
        kind: 'training',
        run: view,
        connection: connectionView(notebook),
        plan: planOfRun(run, failures),
      };
    case 'finished':
      return {
        kind: 'finished',
        run: view,
        resumedFrom: run.resumedFrom,
        machine: run.phase.machine,
        plan: planOfRun(run, failures),
      };
    case 'stopped':
      return {
        kind: 'stopped',
        run: view,
        reason: run.phase.reason,
        resume: resumeView(notebook, run, cells, copies),
      };
    case 'lost': {
      const { cause, disk, at, grew } = run.phase;
      const kernel = runtimeOf(notebook) === 'none' ? 'away' : run.phase.kernel;
      return {
        kind: 'lost',
        run: view,
        loss: { cause, disk, at, kernel, grew },
        resume: resumeView(notebook, run, cells, copies),
      };
    }
    default:
      return run.phase satisfies never;
  }
};

/** What was asked for while it trains may come before what the code saves. */
const nextSaveOf = ({ saves, run }: Notebook, { step, nextSave, unit }: RunView): number | null => {
  if (run?.phase.kind !== 'training' || saves === null || unit === 'epochs') return nextSave;
  const asked = nextAskedSave(ofRun(saves, run.id), step);
  return asked === null ? nextSave : Math.min(asked, nextSave ?? asked);
};

const runtimeOf = ({ machine }: Notebook): NotebookView['health']['runtime'] => {
  if (machine === null || machine.connected === null) return 'unknown';
  return machine.connected ? 'there' : 'none';
};

const connectionView = ({ connection, machine }: Notebook): ConnectionView =>
  connection.kind === 'connected' && machine?.asks === true ? { kind: 'person-wanted' } : connection;

const resumeView = (
  notebook: Notebook,
  run: Run,
  cells: readonly CellSource[],
  copies: readonly KnownCopy[],
): ResumeView => {
  const from = restartPoint(run, copies);
  const { passedOver } = newestGood(
    run.checkpoints.filter(({ gone, origin }) => !gone && origin === 'this-run'),
  );
  return {
    from: from === null ? null : { name: from.name, step: reachOf(from, unitOf(run)) },
    restores: from?.restores.map(({ name, sizeBytes }) => ({ name, sizeBytes })) ?? [],
    passedOver: passedOver.map(({ name, defects, integrity }) => ({ name, defects, integrity })),
    cell: resumeCellView(notebook, from !== null && from.restores.length === 0),
    byHand: whyByHand(run),
    setup: setupOf(notebook, run, cells).map(({ cellId, title, state, tookMs, mark }) => ({
      cellId,
      title,
      state,
      tookMs,
      mark,
    })),
  };
};

/** The cells a recovery runs first. A run that only stopped still has its kernel, and everything in it. */
export const setupOf = (notebook: Notebook, run: Run, cells: readonly CellSource[]): readonly SetupCell[] =>
  run.phase.kind === 'stopped' || run.cellId === null
    ? []
    : setupCells(notebook.runSetup, run.cellId, run.startedAt, cells).cells;
