import { readErrorLine } from '../core/log/error-line.ts';
import { noteExecution, notePackages } from '../core/recovery/setup-record.ts';
import { folderOfSaved, locateFolder } from '../core/run/output-folder.ts';
import { hearOutput, newestOnDisk, positionOf } from '../core/run/progress.ts';
import { proofOf } from '../core/run/resumption.ts';
import type { Run, RunPhase } from '../core/run/run.ts';
import type { PageEvent } from '../protocol/page-event.ts';
import { isShownKernel } from '../protocol/shown-kernel.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { placeOf } from './colab-site.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import { startRunFromOutput, startRunFromSource } from './run-start.ts';
import type { ServerQuestion } from './server-question.ts';
import type { ShownErrors } from './shown-errors.ts';
import type { TrainingReader } from './training-reading.ts';

type Started = Extract<PageEvent, { kind: 'execution-started' }>;
type Ended = Extract<PageEvent, { kind: 'execution-ended' }>;
type Output = Extract<PageEvent, { kind: 'output' }>;

export interface ExecutionDesk {
  take(id: string, event: Started | Ended | Output): Promise<void>;
  /**
   * The kernel is free, and nobody heard how the cell ended that trained before that moment. Tells what became of its
   * run; `none`: there is no such run.
   */
  endedUnseen(
    id: string,
    kernelId: string | null,
    trainedBefore: number,
  ): Promise<'finished' | 'lost' | 'none'>;
}

/** Follows what runs in a notebook's kernel: setup cells, the training cell, its output, its end. */
export const createExecutionDesk = (
  store: NotebookStore,
  looks: FolderWatch,
  alarms: AlarmDesk,
  recovery: RecoveryDesk,
  reader: TrainingReader,
  shownErrors: Pick<ShownErrors, 'lineOf'>,
  questions: Pick<ServerQuestion, 'remember'>,
  now: () => number,
): ExecutionDesk => {
  const started = async (id: string, event: Started): Promise<void> => {
    const run = store.get(id)?.run ?? null;
    // A page that was loaded anew shows again what runs.
    if (run?.executionId === event.executionId && run.phase.kind === 'training') return;
    store.change(id, (notebook) => withHeard(notebook, event));
    const begun = await startRunFromSource(store, reader, id, event);
    if (!begun) return;
    // Before anything can happen to it: a server that dies seconds later is known by that only.
    void questions.remember(id).catch(() => undefined);
    await looks.look(id);
  };

  const seePackages = (id: string, { events }: Output): void => {
    const seen = Object.assign({}, ...events.map(({ packages }) => packages ?? {}));
    store.change(id, (notebook) => {
      const setup = notePackages(notebook.setup, seen);
      return setup === notebook.setup ? notebook : { ...notebook, setup };
    });
  };

  const output = async (id: string, event: Output): Promise<void> => {
    seePackages(id, event);
    const record = store.get(id);
    if (record?.run?.executionId !== event.executionId) {
      const cell = record?.heard.find(({ executionId }) => executionId === event.executionId);
      if (cell === undefined || !provesTraining(event)) return;
      await startRunFromOutput(store, reader, id, cell);
    }
    const after = store.change(id, (notebook) => {
      const { run } = notebook;
      if (run === null || run.executionId !== event.executionId) return notebook;
      return {
        ...notebook,
        run: withFolderFromLog(notebook, hearOutput(stillAlive(run), event.events, event.table, event.at)),
      };
    });
    recovery.runSeen(id);
    if (beganAnew(record?.run ?? null, after?.run ?? null)) alarms.fromZero(id);
    if (event.events.some(({ kind }) => kind === 'saved' || kind === 'deleted')) void looks.look(id);
    else void looks.lookIfDue(id);
  };

  /** A page that does not tell how a cell failed may have drawn it in a frame. */
  const named = async ({ error, executionId }: Ended): Promise<Ended['error']> => {
    if (error === null || error.name !== '') return error;
    return readErrorLine((await shownErrors.lineOf(executionId)) ?? 'Error');
  };

  const ended = async (id: string, event: Ended): Promise<void> => {
    const at = event.at;
    const error = await named(event);
    const run = store.get(id)?.run ?? null;
    // That a cell ended is seen on its page; whether it trained to its last step is told by `endedUnseen`.
    const isKnown = error !== null || !isShownKernel(event.kernelId);
    if (isKnown && run?.phase.kind === 'training' && run.executionId === event.executionId) {
      store.change(id, (notebook) => withPhase(notebook, event.executionId, phaseAfter(error, at)));
      await looks.settle(id);
      alarms.ended(id);
    }
    const cell = store.get(id)?.heard.find(({ executionId }) => executionId === event.executionId);
    if (cell !== undefined) {
      const { id: cellId, source, at: startedAt } = cell;
      const execution = { cellId, source, ok: error === null, startedAt, endedAt: at };
      store.change(id, (notebook) => ({ ...notebook, setup: noteExecution(notebook.setup, execution) }));
    }
    // A page that was loaded anew did not see the request, and so does not know whose end it hears.
    await recovery.cellEnded(id, event.cellId ?? cell?.cellId ?? null, error);
  };

  return {
    async take(id, event) {
      if (event.kind === 'execution-started') return started(id, event);
      if (event.kind === 'execution-ended') return ended(id, event);
      await output(id, event);
    },
    async endedUnseen(id, kernelId, trainedBefore) {
      const run = store.get(id)?.run ?? null;
      if (run?.phase.kind !== 'training' || run.kernelId !== kernelId || run.startedAt >= trainedBefore)
        return 'none';
      await looks.lookAnyway(id);
      const at = now();
      store.change(id, (notebook) =>
        withPhase(notebook, run.executionId, phaseUnseen(notebook.run ?? run, at)),
      );
      await looks.settle(id);
      if (store.get(id)?.run?.phase.kind === 'lost') {
        await alarms.lost(id);
        return 'lost';
      }
      alarms.ended(id);
      return 'finished';
    },
  };
};

/** It was to go on, and has just turned out to train from the beginning. */
const beganAnew = (before: Run | null, after: Run | null): boolean =>
  isFromZero(after) && !(isFromZero(before) && before?.id === after?.id);

const isFromZero = (run: Run | null): boolean =>
  run?.resumption !== undefined && run.resumption !== null && proofOf(run.resumption).kind === 'from-zero';

/** Bounded memory of what was executed, so that an end knows what began. */
const MAX_HEARD = 60;
/** Kept of a source that is only read for advice. */
const MAX_HEARD_LENGTH = 16 * 1024;

const withHeard = (notebook: Notebook, { kernelId, executionId, cellId, source, at }: Started): Notebook => {
  const id = cellId ?? executionId;
  const cell = { id, cellId, executionId, kernelId, source: source.slice(0, MAX_HEARD_LENGTH), at };
  return {
    ...notebook,
    heard: [...notebook.heard.filter((known) => known.id !== id), cell].slice(-MAX_HEARD),
  };
};

/** Only training prints a Trainer's table, or says that it saves or begins. */
const provesTraining = ({ table, events }: Output): boolean =>
  table !== null ||
  events.some(({ kind, step }) => kind === 'train_start' || (kind === 'saved' && step !== null));

const withPhase = (notebook: Notebook, executionId: string, phase: RunPhase): Notebook =>
  notebook.run?.executionId === executionId && notebook.run.phase.kind === 'training'
    ? { ...notebook, connection: { kind: 'connected' }, run: { ...notebook.run, phase } }
    : notebook;

const phaseAfter = (error: Ended['error'], at: number): RunPhase => {
  if (error === null) return { kind: 'finished', at, machine: 'same' };
  if (error.name === 'KeyboardInterrupt') return { kind: 'stopped', at, reason: { kind: 'interrupted' } };
  return { kind: 'stopped', at, reason: { kind: 'error', ...error } };
};

/** Nobody heard the end: the last step seen, or the last checkpoint, tells whether it was reached. */
const phaseUnseen = (run: Run, at: number): RunPhase => {
  const position = positionOf(run);
  const total = position?.total ?? null;
  const furthest = Math.max(position?.step ?? 0, newestOnDisk(run)?.step ?? 0);
  const reached = total !== null && furthest >= total;
  return reached
    ? { kind: 'finished', at, machine: 'same' }
    : { kind: 'lost', at, cause: 'gone-while-away', disk: 'unknown', kernel: 'back' };
};

/** That a run ended unseen is concluded, not known: its own output proves that it goes on. */
const stillAlive = (run: Run): Run =>
  run.phase.kind === 'lost' && run.phase.cause === 'gone-while-away' && !isShownKernel(run.kernelId)
    ? { ...run, phase: { kind: 'training' } }
    : run;

/** Where the source did not tell the folder, a line that names a checkpoint does. */
const withFolderFromLog = (notebook: Notebook, run: Run): Run => {
  const path = run.announced.saved.at(-1);
  const parent = path === undefined ? null : folderOfSaved(path);
  if (run.folder.kind !== 'unknown' || parent === null) return run;
  const { notebookPath, serverRoot } = placeOf(notebook);
  return { ...run, folder: locateFolder(parent, 'log', notebookPath, serverRoot) };
};
