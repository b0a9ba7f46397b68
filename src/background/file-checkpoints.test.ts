import { describe, expect, it } from 'vitest';
import { beginRun, type Run, type SeenCheckpoint } from '../core/run/run.ts';
import { newRun, OUTPUTS, seenCheckpoint, UNTOLD_PLAN } from '../core/run/run-rig.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import { memoryVault } from '../vault/memory-vault.ts';
import type { KnownCopy } from './copies.ts';
import { copyOf } from './copy-of.ts';
import { extentFor, extentOfAll } from './job.ts';
import { itemsOfRun } from './job-items.ts';
import { NOT_ASKED, type Keeping } from './keeping.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import { recoveryPlan } from './recovery-plan.ts';
import { createRestoreHand } from './restore-hand.ts';
import { planCopies } from './run-copies.ts';

/** A run whose checkpoints are single files: what is copied of it, dropped, and put back. */
const ON_SERVER = 'logs/checkpoints';

const file = (name: string, modifiedAt: number, more: Partial<SeenCheckpoint> = {}): SeenCheckpoint =>
  seenCheckpoint(0, { name, framework: 'lightning', form: 'file', step: null, modifiedAt, ...more });

const runOf = (checkpoints: readonly SeenCheckpoint[], more: Partial<Run> = {}): Run => ({
  ...beginRun(
    newRun({
      id: 'run-1',
      source: 'trainer.fit(model)',
      startedAt: 10,
      plan: UNTOLD_PLAN,
      folder: { ...OUTPUTS, asWritten: 'logs', onServer: ON_SERVER },
    }),
  ),
  checkpoints: [...checkpoints],
  ...more,
});

const empty = emptyNotebook({ ...labPage }, 'story.ipynb', 0);
const keeping: Keeping = { ...NOT_ASKED, answer: 'yes', line: { runId: 'run-1', since: 10 } };

/** What the last look remembers of checkpoints: the listing that a copy is held against. */
const notebookOf = (run: Run) => ({
  ...empty,
  run,
  lookMemory: {
    path: ON_SERVER,
    others: [],
    pointers: [],
    checkpoints: run.checkpoints.map((checkpoint) => {
      const { name, sizeBytes, modifiedAt } = checkpoint;
      const entries = [{ name, kind: 'file' as const, sizeBytes, modifiedAt }];
      const listing = { path: ON_SERVER, entries };
      return { folderModifiedAt: modifiedAt, listing, verdicts: [], checkpoint };
    }),
  },
});

const copy = (id: string, name: string, modifiedAt: number, more: Partial<CopyRecord> = {}): KnownCopy => {
  const record: CopyRecord = {
    ...memoryVault().keep({}),
    id,
    from: { origin: labPage.origin, basePath: '/', folder: `${ON_SERVER}/${name}` },
    notebook: { id: empty.id, name: 'story.ipynb' },
    name,
    framework: 'lightning',
    form: 'file',
    step: null,
    purpose: 'automatic',
    begunAt: 20,
    files: [{ path: name, sizeBytes: 1000, modifiedAt, proof: null }],
    ...more,
  };
  return {
    notebookId: empty.id,
    record,
    view: {
      id,
      name,
      step: record.step,
      loss: null,
      extent: 'everything',
      sizeBytes: 1000,
      keptAt: 20,
      state: 'verified',
      canGoOn: false,
    },
  };
};

const plan = (run: Run, copies: readonly KnownCopy[]) => planCopies(notebookOf(run), run, keeping, copies);

describe('copies that are made by themselves', () => {
  it('are of the two newest, also where only epochs tell', () => {
    const run = runOf([
      file('w.01.keras', 1, { epoch: 1 }),
      file('w.02.keras', 2, { epoch: 2 }),
      file('w.03.keras', 3, { epoch: 3 }),
    ]);
    expect(plan(run, [])).toEqual({ copy: ['w.03.keras', 'w.02.keras'], drop: [] });
    const kept = [copy('one', 'w.01.keras', 1), copy('two', 'w.02.keras', 2)];
    expect(plan(run, kept)).toEqual({ copy: ['w.03.keras'], drop: [] });
    expect(plan(run, [...kept, copy('three', 'w.03.keras', 3)])).toEqual({ copy: [], drop: ['one'] });
  });

  it('are made anew of a file that is written over, and the old one goes when the new one is whole', () => {
    const before = runOf([file('last.pt', 100)]);
    expect(plan(before, [copy('old', 'last.pt', 100)])).toEqual({ copy: [], drop: [] });
    const after = runOf([file('last.pt', 200)]);
    expect(plan(after, [copy('old', 'last.pt', 100)])).toEqual({ copy: ['last.pt'], drop: [] });
    const [old, fresh] = [copy('old', 'last.pt', 100), copy('new', 'last.pt', 200)];
    expect(plan(after, [old, fresh])).toEqual({ copy: [], drop: ['old'] });
    const mine = copy('mine', 'last.pt', 100, { purpose: 'keep' });
    expect(plan(after, [mine, fresh]).drop, "the user's own stay").toEqual([]);
  });

  it('are made anew of the file that the run began from as soon as it has written over it', () => {
    const old = copy('old', 'last.pt', 100);
    const resumed = { resumedFromName: 'last.pt', resumedFrom: null };
    // Put back it has another time, and is what it was.
    expect(plan(runOf([file('last.pt', 150, { origin: 'earlier' })], resumed), [old])).toEqual({
      copy: [],
      drop: [],
    });
    expect(plan(runOf([file('last.pt', 250)], resumed), [old])).toEqual({ copy: ['last.pt'], drop: [] });
  });

  it('are of everything, whatever was chosen for folders', () => {
    expect(extentFor({ form: 'file' }, 'inference')).toBe('everything');
    expect(extentFor({ form: 'folder' }, 'inference')).toBe('inference');
    expect(extentOfAll([{ form: 'file' }, { form: 'prefix' }], 'inference')).toBe('everything');
    expect(extentOfAll([{ form: 'file' }, { form: 'folder' }], 'inference')).toBe('inference');
  });
});

describe('a checkpoint that is a file', () => {
  it('is asked for by its path, with its form', () => {
    const run = runOf([file('last.ckpt', 100)]);
    expect(itemsOfRun({ ...empty, run }, ['last.ckpt'])).toEqual([
      expect.objectContaining({ name: 'last.ckpt', form: 'file', folder: `${ON_SERVER}/last.ckpt` }),
    ]);
  });

  it('has a copy of it as it lies there now, or none', () => {
    const kept = [copy('old', 'last.pt', 100)];
    expect(copyOf(file('last.pt', 100), ON_SERVER, kept)).toBe('old');
    expect(copyOf(file('last.pt', 200), ON_SERVER, kept)).toBeNull();
    expect(copyOf(file('last.pt', 100, { form: 'folder' }), ON_SERVER, kept)).toBeNull();
  });

  it.each<[string, SeenCheckpoint, Partial<CopyRecord>]>([
    ['with a step', file('epoch=3-step=400.ckpt', 100, { step: 400, epoch: 3 }), { step: 400, epoch: 3 }],
    ['with an epoch', file('w.03.keras', 100, { epoch: 3 }), { epoch: 3 }],
    ['without a number', file('last.pt', 100), {}],
    ['of several files', file('ckpt-3', 100, { form: 'prefix' }), { form: 'prefix' }],
  ])('is put back by a recovery once the disk is gone: %s', (_what, checkpoint, more) => {
    const run = runOf([{ ...checkpoint, gone: true }]);
    const made = recoveryPlan({ ...empty, run }, [copy('kept', checkpoint.name, 100, more)], []);
    expect(made?.fromStep).toBe(checkpoint.step);
    expect(made?.steps[0]).toMatchObject({ kind: 'restore', copyId: 'kept', title: checkpoint.name });
  });

  it('is put back by its newest copy', () => {
    const run = runOf([file('last.pt', 200, { gone: true })]);
    const kept = [copy('old', 'last.pt', 100), copy('new', 'last.pt', 200)];
    expect(recoveryPlan({ ...empty, run }, kept, [])?.steps.flatMap(({ copyId }) => copyId ?? [])).toEqual([
      'new',
    ]);
  });

  it('goes back into the folder of the run', async () => {
    const vault = memoryVault();
    const kept = vault.keep({ 'last.pt': Buffer.from('x') }, { name: 'last.pt', form: 'file' });
    const asked: string[] = [];
    const hand = createRestoreHand(
      { get: () => ({ ...empty, run: runOf([]) }) },
      vault,
      { ask: async ({ items }) => void asked.push(...items.map(({ folder, form }) => `${form} ${folder}`)) },
      { restored: async () => undefined },
      { settle: async () => undefined },
    );
    await hand.restore(empty.id, kept.id);
    expect(asked).toEqual([`file ${ON_SERVER}/last.pt`]);
  });
});
