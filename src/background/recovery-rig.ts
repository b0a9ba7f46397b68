import { beginResumption, seeStep } from '../core/run/resumption.ts';
import { beginRun, continueRun, type Run, type SeenCheckpoint } from '../core/run/run.ts';
import type { KnownCopy } from './copies.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook, RecoveryStep } from './notebook.ts';
import { createRecoveryDesk } from './recovery-desk.ts';
import { recoveryPlan } from './recovery-plan.ts';
import { withoutPage } from './recovery-steps.ts';

export const checkpoint: SeenCheckpoint = {
  name: 'checkpoint-400',
  framework: 'transformers',
  form: 'folder',
  step: 400,
  epoch: null,
  sizeBytes: 1000,
  modifiedAt: 400,
  integrity: { kind: 'complete', resumes: 'exactly' },
  trainerState: null,
  origin: 'this-run',
  gone: true,
};

const start = (id: string) => ({
  id,
  kernelId: 'k',
  executionId: id,
  cellId: 'train',
  source: 'trainer.train()',
  startedAt: 1,
  plan: { maxSteps: 600, saveSteps: 100, saveStrategy: 'steps', saveTotalLimit: null },
  folder: { kind: 'known', asWritten: 'outputs', onServer: 'outputs', from: 'source', seen: true } as const,
});

export const lostRun: Run = {
  ...beginRun(start('first')),
  phase: { kind: 'lost', at: 2, cause: 'machine-replaced', disk: 'empty', kernel: 'back' },
  checkpoints: [checkpoint],
};

export const copy: KnownCopy = {
  notebookId: 'n',
  view: {
    id: 'copy',
    name: 'checkpoint-400',
    step: 400,
    loss: null,
    extent: 'everything',
    sizeBytes: 152,
    keptAt: 1,
    state: 'verified',
    canGoOn: false,
  },
  record: {
    version: 1,
    id: 'copy',
    from: { origin: labPage.origin, basePath: '/', folder: 'outputs/checkpoint-400' },
    notebook: { id: 'n', name: 'story.ipynb' },
    name: 'checkpoint-400',
    framework: 'transformers',
    form: 'folder',
    step: 400,
    epoch: null,
    loss: null,
    extent: 'everything',
    purpose: 'keep',
    begunAt: 1,
    state: 'whole',
    files: [],
    emptyFolders: [],
  },
};

export const setup = ['one', 'two'].map((cellId) => ({
  cellId,
  title: cellId,
  state: 'same' as const,
  tookMs: null,
  mark: null,
  beside: false,
}));

/** The first only imports. */
export const importing = setup.map((cell) => ({ ...cell, beside: cell.cellId === 'one' }));

/** A notebook whose machine is gone, and the desk with hands that do as they are told. */
export const openRecovery = (cells = setup) => {
  let record: Notebook = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: lostRun };
  const id = record.id;
  const done: string[] = [];
  const answers: { run: string | null; insertFails: boolean; pageHasLost: string | null } = {
    run: null,
    insertFails: false,
    pageHasLost: null,
  };
  const store = {
    get: () => record,
    all: () => [record],
    change: (_id: string, apply: (notebook: Notebook) => Notebook) => {
      record = apply(record);
      return record;
    },
  };
  const clock = { now: 1000 };
  const bare = createRecoveryDesk(
    store,
    {
      restore: async (_id, copyId) => void done.push(`restore ${copyId}`),
      insert: async () => {
        done.push('insert');
        answers.pageHasLost = null;
        const inserted = { cellId: 'resume', source: '', checkpoint: 'checkpoint-400', runId: 'first' };
        record = answers.insertFails
          ? { ...record, insertFailure: 'read-only' }
          : { ...record, inserted, insertFailure: null };
      },
      run: async (_id, cellId) => {
        if (cellId === answers.pageHasLost) return 'cell-not-found';
        done.push(`run ${cellId}`);
        return answers.run;
      },
    },
    () => clock.now,
  );
  /** What was begun by something, and not waited for, is over then as well. */
  const settled = async (act: Promise<void>): Promise<void> => {
    await act;
    await new Promise((resolve) => setTimeout(resolve));
  };
  const desk: typeof bare = {
    ...bare,
    start: (notebook, plan) => settled(bare.start(notebook, plan)),
    retry: (notebook) => settled(bare.retry(notebook)),
    skip: (notebook, index) => settled(bare.skip(notebook, index)),
    cellEnded: (notebook, cell, raised) => settled(bare.cellEnded(notebook, cell, raised)),
    restored: (notebook, copyId, why) => settled(bare.restored(notebook, copyId, why)),
    resume: () => settled(bare.resume()),
  };
  const plan = recoveryPlan(record, [copy], cells);
  if (plan === null) throw new Error('no plan');
  const steps = (): readonly RecoveryStep[] => record.recovery?.steps ?? [];
  return {
    id,
    desk,
    plan,
    done,
    answers,
    clock,
    /** The page is loaded anew, or closed. */
    pageGoes: () => {
      record = withoutPage(record);
    },
    /** The page hears a cell begin. */
    begins: (cellId: string) => {
      const cell = { id: cellId, cellId, executionId: cellId, kernelId: 'k', source: '', at: clock.now };
      record = { ...record, heard: [...record.heard, cell] };
    },
    steps,
    status: () => record.recovery?.status,
    states: () => steps().map(({ kind, state }) => `${kind} ${state}`),
    /** The resume cell's run is seen to train at these steps. */
    sees: (...seen: readonly number[]) => {
      const run = continueRun(start('second'), lostRun, {
        name: 'checkpoint-400',
        framework: 'transformers',
        step: 400,
        epoch: null,
      });
      const known = seen.reduce((all, step) => seeStep(all, step, null), beginResumption(400, null));
      record = { ...record, run: { ...run, resumption: known } };
      desk.runSeen(id);
    },
    /** It is seen to run, from a checkpoint that tells neither step nor epoch. */
    runs: (name: string) => {
      const from = { name, framework: 'pytorch', step: null, epoch: null } as const;
      record = { ...record, run: continueRun(start('second'), lostRun, from) };
      desk.runSeen(id);
    },
    toTraining: async () => {
      await desk.start(id, plan);
      await desk.restored(id, 'copy', null);
      await desk.cellEnded(id, 'one', null);
      await desk.cellEnded(id, 'two', null);
    },
  };
};

export const error = { name: 'NameError', message: "name 'model' is not defined" };
