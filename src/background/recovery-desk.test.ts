import { describe, expect, it } from 'vitest';
import { beginResumption, seeStep } from '../core/run/resumption.ts';
import { beginRun, continueRun, type Run, type SeenCheckpoint } from '../core/run/run.ts';
import type { KnownCopy } from './copies.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook, RecoveryStep } from './notebook.ts';
import { createRecoveryDesk } from './recovery-desk.ts';
import { recoveryPlan } from './recovery-plan.ts';
import { withoutPage } from './recovery-steps.ts';

const checkpoint: SeenCheckpoint = {
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

const lostRun: Run = {
  ...beginRun(start('first')),
  phase: { kind: 'lost', at: 2, cause: 'machine-replaced', disk: 'empty', kernel: 'back' },
  checkpoints: [checkpoint],
};

const copy: KnownCopy = {
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

const setup = ['one', 'two'].map((cellId) => ({
  cellId,
  title: cellId,
  state: 'same' as const,
  tookMs: null,
  mark: null,
  beside: false,
}));

/** The first only imports. */
const importing = setup.map((cell) => ({ ...cell, beside: cell.cellId === 'one' }));

/** A notebook whose machine is gone, and the desk with hands that do as they are told. */
const open = (cells = setup) => {
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

const error = { name: 'NameError', message: "name 'model' is not defined" };

describe('a recovery', () => {
  it('does what the plan says, the resume cell put in while the setup cells run, and is done when the run goes on', async () => {
    const { toTraining, done, states, sees, status } = open();
    await toTraining();
    expect(done).toEqual(['restore copy', 'run one', 'insert', 'run two', 'run resume']);
    expect(states()).toEqual([
      'restore done',
      'setup done',
      'setup done',
      'insert done',
      'train running',
      'watch waiting',
    ]);
    sees(401);
    expect(status()).toBe('done');
  });

  it('is done as soon as the run is seen, where its checkpoint has no number to hold it against', async () => {
    const { toTraining, runs, status } = open();
    await toTraining();
    runs('last.pt');
    expect(status()).toBe('done');
  });

  it('that is begun twice does nothing twice', async () => {
    const { desk, id, plan, done } = open();
    await desk.start(id, plan);
    await desk.start(id, plan);
    expect(done).toEqual(['restore copy']);
  });

  it('says loudly that the run began anew', async () => {
    const { toTraining, sees, status, steps } = open();
    await toTraining();
    sees(1, 2);
    expect(status()).toBe('failed');
    expect(steps().at(-1)).toMatchObject({ kind: 'watch', state: 'failed', error: 'from-zero' });
  });

  it('waits for a copy that is not back, and tries it again', async () => {
    const { desk, id, plan, done, status, states } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    expect([status(), states()[0], done]).toEqual(['failed', 'restore failed', ['restore copy']]);
    await desk.retry(id);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'restore copy', 'run one', 'insert']);
  });

  it('goes on when what was in the way of the copy has been moved aside', async () => {
    const { desk, id, plan, done, status } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['running', ['restore copy', 'run one', 'insert']]);
  });

  it('stops at a setup cell that raises; left out, the next has its turn', async () => {
    const { desk, id, plan, done, steps, status } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', error);
    expect(status()).toBe('failed');
    expect(steps()[1]?.error).toBe("NameError: name 'model' is not defined");
    await desk.skip(id, 1);
    expect([status(), steps()[1]?.state, done.at(-1)]).toEqual(['running', 'skipped', 'run two']);
  });

  it('leaves out what has not begun yet', async () => {
    const { desk, id, plan, done } = open();
    await desk.start(id, plan);
    await desk.skip(id, 1);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'run two', 'insert']);
  });

  it('does not wait for ever for a cell whose end nobody heard', async () => {
    const { desk, id, plan, done, states } = open();
    await desk.start(id, plan);
    await desk.skip(id, 0);
    expect(states()[0], 'a copy that is being put back is cancelled by its own job').toBe('restore running');
    await desk.restored(id, 'copy', null);
    await desk.skip(id, 1);
    expect([states()[1], done.at(-1)]).toEqual(['setup skipped', 'run two']);
    await desk.cellEnded(id, 'one', null);
    expect(states()[1], 'its end changes nothing any more').toBe('setup skipped');
  });

  it('runs the setup cells again when the kernel died, but brings nothing back twice', async () => {
    const { desk, id, toTraining, done, states } = open();
    await toTraining();
    desk.kernelLost(id);
    expect(states()[4]).toBe('train failed');
    done.length = 0;
    await desk.retry(id);
    await desk.cellEnded(id, 'one', null);
    await desk.cellEnded(id, 'two', null);
    expect(done).toEqual(['run one', 'run two', 'run resume']);
  });

  it('tells why the resume cell is not in the notebook', async () => {
    const { desk, id, plan, answers, steps, done } = open();
    answers.insertFails = true;
    await desk.start(id, { ...plan, steps: plan.steps.slice(3) });
    expect(steps()[0]).toMatchObject({ kind: 'insert', state: 'failed', error: 'read-only' });
    answers.insertFails = false;
    await desk.retry(id);
    expect(done.at(-1)).toBe('run resume');
  });

  it('fails the cell, not what is written meanwhile, when the kernel dies', async () => {
    const { desk, id, plan, states } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    desk.kernelLost(id);
    expect(states().slice(0, 4)).toEqual(['restore done', 'setup failed', 'setup waiting', 'insert done']);
  });

  it('begins nothing more when the resume cell could not be put in, but the cell that runs ends well', async () => {
    const { desk, id, plan, answers, done, status } = open();
    answers.insertFails = true;
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', null);
    expect([status(), done]).toEqual(['failed', ['restore copy', 'run one', 'insert']]);
    answers.insertFails = false;
    await desk.retry(id);
    expect(done.slice(3).toSorted()).toEqual(['insert', 'run two']);
  });

  it('puts the resume cell in again where a page that was loaded anew has lost it', async () => {
    const { desk, id, plan, answers, done, states } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', null);
    answers.pageHasLost = 'resume';
    await desk.cellEnded(id, 'two', null);
    expect(done.slice(-3)).toEqual(['run two', 'insert', 'run resume']);
    expect(states().at(-2)).toBe('train running');
  });

  it('tells why a cell could not be run', async () => {
    const { desk, id, plan, answers, steps } = open();
    answers.run = 'no-kernel';
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    expect(steps()[1]).toMatchObject({ state: 'failed', error: 'no-kernel' });
  });

  it('that was stopped goes on where it was', async () => {
    const { desk, id, plan, done, status } = open();
    await desk.start(id, plan);
    desk.stop(id);
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['stopped', ['restore copy']]);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'insert']);
  });

  it('that ends with the files is done then, and is not confused by a run that begins anew', async () => {
    const { desk, id, plan, status, sees } = open();
    await desk.start(id, { ...plan, steps: plan.steps.slice(0, 1) });
    await desk.restored(id, 'copy', null);
    expect(status()).toBe('done');
    expect(() => sees(1, 2)).not.toThrow();
  });

  it('asks for its copy again when the background begins anew', async () => {
    const { desk, id, plan, done } = open();
    await desk.start(id, plan);
    await desk.resume();
    expect(done).toEqual(['restore copy', 'restore copy']);
  });
});

describe('a page that is loaded anew while a setup cell runs', () => {
  const inSetup = async () => {
    const recovery = open();
    await recovery.desk.start(recovery.id, recovery.plan);
    await recovery.desk.restored(recovery.id, 'copy', null);
    recovery.begins('one');
    recovery.pageGoes();
    return recovery;
  };

  it('hears its end all the same', async () => {
    const { desk, id, steps, done } = await inSetup();
    expect(steps()[1]).toMatchObject({ state: 'running', unheard: true });
    await desk.cellEnded(id, 'one', null);
    expect([steps()[1]?.state, done.at(-1), steps()[2]?.unheard]).toEqual(['done', 'run two', false]);
  });

  it('says that how it ended is not known, when the kernel is free again', async () => {
    const { desk, id, steps, status, done, clock } = await inSetup();
    clock.now = 9000;
    desk.answered(id, 8000);
    expect([status(), steps()[1]?.error]).toEqual(['failed', 'end-unknown']);
    await desk.skip(id, 1);
    expect([status(), steps()[1]?.state, done.at(-1)]).toEqual(['running', 'skipped', 'run two']);
  });

  it('runs it again when it is told to', async () => {
    const { desk, id, steps, done } = await inSetup();
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'insert', 'run one']);
    expect(steps()[1]).toMatchObject({ state: 'running', unheard: false });
  });

  it('and was stopped meanwhile is not run again by going on', async () => {
    const { desk, id, done, steps } = await inSetup();
    desk.stop(id);
    await desk.retry(id);
    expect([done.at(-1), done.length, steps()[1]?.state]).toEqual(['insert', 3, 'running']);
    await desk.cellEnded(id, 'one', null);
    expect(done.at(-1)).toBe('run two');
  });

  it('never has the training cell run a second time', async () => {
    const { desk, id, toTraining, pageGoes, done, steps } = open();
    await toTraining();
    pageGoes();
    await desk.retry(id);
    expect(done.filter((each) => each === 'run resume')).toHaveLength(1);
    expect(steps()[4]).toMatchObject({ kind: 'train', state: 'running' });
  });

  it('takes no answer for its end that is of the time before it began', async () => {
    const { desk, id, steps, clock, begins } = await inSetup();
    desk.answered(id, 900);
    expect(steps()[1]?.state).toBe('running');
    // The kernel was busy with something else when the cell was given to it.
    clock.now = 9000;
    begins('one');
    desk.answered(id, 8000);
    expect(steps()[1]?.state).toBe('running');
  });

  it('does not doubt a cell whose page stayed', async () => {
    const { desk, id, plan, steps } = open();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    desk.answered(id, 99_000);
    expect(steps()[1]?.state).toBe('running');
  });
});

describe('a setup cell that need not wait for the copy', () => {
  it('runs beside it, and the next waits for both', async () => {
    for (const copyFirst of [true, false]) {
      const { desk, id, plan, done, states } = open(importing);
      await desk.start(id, plan);
      expect(done).toEqual(['restore copy', 'run one']);
      const ends = [() => desk.restored(id, 'copy', null), () => desk.cellEnded(id, 'one', null)];
      for (const end of copyFirst ? ends : ends.toReversed()) {
        expect(done, 'the next uses what may not be there yet').not.toContain('run two');
        await end();
      }
      expect(done.toSorted()).toEqual(['insert', 'restore copy', 'run one', 'run two']);
      expect(states().slice(0, 3)).toEqual(['restore done', 'setup done', 'setup running']);
    }
  });

  it('is not begun before another that has to', async () => {
    const { desk, id, plan, done } = open(importing.toReversed());
    await desk.start(id, plan);
    expect(done).toEqual(['restore copy']);
  });

  it('that raises stops it; the copy is put back all the same, and only the cell is tried again', async () => {
    const { desk, id, plan, done, status, states } = open(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    expect([status(), states()[0], states()[1]]).toEqual(['failed', 'restore running', 'setup failed']);
    await desk.restored(id, 'copy', null);
    expect([status(), states()[0]]).toEqual(['failed', 'restore done']);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one', 'insert']);
  });

  it('is tried again while the copy is still being put back', async () => {
    const { desk, id, plan, done } = open(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one']);
  });

  it('ends well when the copy did not come back, and is not run twice', async () => {
    const { desk, id, plan, done, status, states } = open(importing);
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.cellEnded(id, 'one', null);
    expect([status(), states()[1], done]).toEqual(['failed', 'setup done', ['restore copy', 'run one']]);
    await desk.retry(id);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'run one', 'restore copy', 'run two', 'insert']);
  });

  it('lost with its kernel after the copy had failed is run again', async () => {
    const { desk, id, plan, done, states } = open(importing);
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    desk.kernelLost(id);
    expect(states().slice(0, 2)).toEqual(['restore failed', 'setup failed']);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'restore copy', 'run one']);
  });

  it('that raised is not passed over when the copy comes back after all', async () => {
    const { desk, id, plan, done, status } = open(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['failed', ['restore copy', 'run one']]);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one', 'insert']);
  });

  it('does not keep the next copy waiting', async () => {
    const { desk, id, plan, done } = open(importing);
    const [first] = plan.steps;
    if (first === undefined) throw new Error('no step');
    await desk.start(id, { ...plan, steps: [{ ...first, copyId: 'best' }, ...plan.steps] });
    await desk.restored(id, 'best', null);
    expect(done).toEqual(['restore best', 'run one', 'restore copy']);
  });

  it('begins nothing more when it was stopped meanwhile', async () => {
    const { desk, id, plan, done, status, states } = open(importing);
    await desk.start(id, plan);
    desk.stop(id);
    await desk.cellEnded(id, 'one', null);
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['stopped', ['restore copy', 'run one']]);
    expect(states().slice(0, 3)).toEqual(['restore done', 'setup done', 'setup waiting']);
  });

  it('is left to run when the background begins anew; the copy is asked for again', async () => {
    const { desk, id, plan, done, states } = open(importing);
    await desk.start(id, plan);
    await desk.resume();
    expect(done).toEqual(['restore copy', 'run one', 'restore copy']);
    expect(states().slice(0, 2)).toEqual(['restore running', 'setup running']);
  });
});

describe('a plan', () => {
  it('puts the best back before the newest, so that rotation finds them in their order', () => {
    if (copy.record === null) throw new Error('a copy has a record');
    const trainerState = {
      globalStep: 400,
      epoch: 1,
      maxSteps: 600,
      saveSteps: 100,
      bestMetric: 0.9,
      bestModelCheckpoint: '/content/outputs/checkpoint-200',
      lastLoss: null,
      lastEvalLoss: null,
    };
    const best = { ...checkpoint, name: 'checkpoint-200', step: 200 };
    const run = { ...lostRun, checkpoints: [{ ...checkpoint, trainerState }, best] };
    const from = { ...copy.record.from, folder: 'outputs/checkpoint-200' };
    const bestCopy = {
      ...copy,
      record: { ...copy.record, id: 'best', name: 'checkpoint-200', step: 200, from },
    };
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run };
    const plan = recoveryPlan(record, [copy, bestCopy], []);
    expect(plan?.fromStep).toBe(400);
    expect(plan?.steps.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'restore checkpoint-200',
      'restore checkpoint-400',
      'insert checkpoint-400',
      'train checkpoint-400',
      'watch checkpoint-400',
    ]);
  });

  it('is made of what is there: a checkpoint on the disk is not put back', () => {
    const record = {
      ...emptyNotebook(labPage, 'story.ipynb', 1),
      run: { ...lostRun, checkpoints: [{ ...checkpoint, gone: false }] },
    };
    expect(recoveryPlan(record, [copy], [])?.steps.map(({ kind }) => kind)).toEqual([
      'insert',
      'train',
      'watch',
    ]);
  });

  it.each(['no-way', 'not-read'] as const)('of a script (%s) ends with the files being back', (script) => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: { ...lostRun, script } };
    expect(recoveryPlan(record, [copy], setup)?.steps.map(({ kind }) => kind)).toEqual([
      'restore',
      'setup',
      'setup',
    ]);
    const known = { ...record, run: { ...lostRun, script: 'takes-path' as const } };
    expect(recoveryPlan(known, [copy], [])?.steps.map(({ kind }) => kind)).toContain('insert');
  });

  it('is none where nothing is left to go on from', () => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: lostRun };
    expect(recoveryPlan(record, [], [])).toBeNull();
  });

  it('takes no copy without the optimizer, and none of another folder', () => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: lostRun };
    if (copy.record === null) throw new Error('a copy has a record');
    const light = { ...copy, record: { ...copy.record, extent: 'inference' } as const };
    const elsewhere = {
      ...copy,
      record: { ...copy.record, from: { ...copy.record.from, folder: 'other/checkpoint-400' } },
    };
    expect(recoveryPlan(record, [light, elsewhere], [])).toBeNull();
  });
});
