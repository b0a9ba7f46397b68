import type { NotebookStore } from './notebook-store.ts';
import type { Notebook, Recovery, RecoveryStep } from './notebook.ts';
import { askPage } from './page-link.ts';

export interface RecoveryDesk {
  /** Starts a recovery whose resume cell is already in the notebook. */
  start(id: string, setup: readonly { readonly cellId: string; readonly title: string }[]): Promise<void>;
  /** Starts nothing more; what runs in the kernel is left to run. */
  stop(id: string): void;
  cellEnded(
    id: string,
    cellId: string | null,
    error: { readonly name: string; readonly message: string } | null,
  ): Promise<void>;
  /** The resumed run was seen at this step. */
  stepSeen(id: string, step: number): void;
  kernelLost(id: string): void;
}

/**
 * Runs the setup cells one after another, then the resume cell, and watches that the run goes on. Every step is kept in
 * the notebook's record and moved on by what the kernel reports, so that a closed popup, a reloaded page or an ended
 * background only pauses it.
 */
export const createRecoveryDesk = (store: NotebookStore): RecoveryDesk => {
  const change = (id: string, apply: (recovery: Recovery) => Recovery): void =>
    void store.change(id, (notebook) =>
      notebook.recovery?.status === 'running'
        ? { ...notebook, recovery: apply(notebook.recovery) }
        : notebook,
    );

  const mark = (
    id: string,
    kind: RecoveryStep['kind'],
    cellId: string | null,
    to: Pick<RecoveryStep, 'state' | 'error'>,
  ): void =>
    change(id, (recovery) => ({
      ...recovery,
      status: to.state === 'failed' ? 'failed' : recovery.status,
      steps: recovery.steps.map((step) =>
        step.kind === kind && step.cellId === cellId && step.state !== 'done' ? { ...step, ...to } : step,
      ),
    }));

  /** Begins the first step that waits, if none is running. */
  const advance = async (id: string): Promise<void> => {
    const record = store.get(id);
    if (record === null || record.recovery?.status !== 'running') return;
    if (record.recovery.steps.some(({ state }) => state === 'running')) return;
    const next = record.recovery.steps.find(({ state }) => state === 'waiting');
    if (next === undefined || next.cellId === null) return;
    mark(id, next.kind, next.cellId, { state: 'running', error: null });
    const reply = await askPage(record, { kind: 'run-cell', path: record.path, cellId: next.cellId });
    if (reply.kind === 'failed') mark(id, next.kind, next.cellId, { state: 'failed', error: reply.reason });
  };

  return {
    async start(id, setup) {
      const record = store.get(id);
      if (
        record === null ||
        record.inserted === null ||
        record.run === null ||
        record.recovery?.status === 'running'
      )
        return;
      const recovery = plan(record.inserted, record.run.id, setup);
      store.change(id, (notebook) => ({ ...notebook, recovery }));
      await advance(id);
    },
    stop(id) {
      store.change(id, (notebook) => {
        const { recovery } = notebook;
        if (recovery === null) return notebook;
        // A second time it is "Back to the run": what failed or was stopped is put away.
        return {
          ...notebook,
          recovery: recovery.status === 'running' ? { ...recovery, status: 'stopped' } : null,
        };
      });
    },
    async cellEnded(id, cellId, error) {
      const running = store.get(id)?.recovery?.steps.find(({ state }) => state === 'running');
      if (running === undefined || running.cellId !== cellId || cellId === null) return;
      mark(
        id,
        running.kind,
        cellId,
        error === null
          ? { state: 'done', error: null }
          : { state: 'failed', error: `${error.name}: ${error.message}` },
      );
      // A run that ended well after the resume cell needs no further watching.
      if (running.kind === 'train' && error === null) change(id, finished);
      await advance(id);
    },
    stepSeen(id, step) {
      const recovery = store.get(id)?.recovery;
      if (recovery?.status !== 'running' || step <= recovery.fromStep) return;
      if (recovery.steps.some(({ kind, state }) => kind === 'train' && state === 'running'))
        change(id, finished);
    },
    kernelLost: (id) =>
      change(id, (recovery) => ({
        ...recovery,
        status: 'failed',
        steps: recovery.steps.map((step) =>
          step.state === 'running' ? { ...step, state: 'failed', error: 'kernel-lost' } : step,
        ),
      })),
  };
};

const plan = (
  inserted: NonNullable<Notebook['inserted']>,
  runId: string,
  setup: readonly { readonly cellId: string; readonly title: string }[],
): Recovery => ({
  runId,
  fromStep: Number(/-(\d{1,15})$/.exec(inserted.checkpoint)?.[1] ?? 0),
  status: 'running',
  steps: [
    ...setup.map(({ cellId, title }): RecoveryStep => ({
      kind: 'setup',
      cellId,
      title,
      state: 'waiting',
      error: null,
    })),
    { kind: 'insert', cellId: inserted.cellId, title: inserted.checkpoint, state: 'done', error: null },
    { kind: 'train', cellId: inserted.cellId, title: inserted.checkpoint, state: 'waiting', error: null },
    { kind: 'watch', cellId: null, title: inserted.checkpoint, state: 'waiting', error: null },
  ],
});

const finished = (recovery: Recovery): Recovery => ({
  ...recovery,
  status: 'done',
  steps: recovery.steps.map((step) => (step.state === 'failed' ? step : { ...step, state: 'done' })),
});
