import { describe, expect, it } from 'vitest';
import { beginRun, continueRun, type Run, type SeenCheckpoint } from '../core/run/run.ts';
import { newRun, seenCheckpoint as whole } from '../core/run/run-rig.ts';
import type { JobFailure } from '../protocol/home-view.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Copies } from './copies.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { createKeepDesk, type KeepingAction } from './keep-desk.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { TransferDesk } from './transfer-desk.ts';

/** The desk among parts that behave like the real ones, but for the bytes. */
const setUp = () => {
  const records = new Map<string, Notebook>();
  const listeners: ((notebook: Notebook) => void)[] = [];
  const none = (): never => {
    throw new Error('not asked for here');
  };
  const store: NotebookStore = {
    ready: Promise.resolve(),
    get: (id) => records.get(id) ?? null,
    all: () => [...records.values()],
    inTab: none,
    add: (record) => void records.set(record.id, record),
    change: (id, apply) => {
      const before = records.get(id);
      if (before === undefined) return null;
      const after = apply(before);
      records.set(id, after);
      if (after !== before) for (const listener of listeners) listener(after);
      return after;
    },
    onChange: (listener) => void listeners.push(listener),
  };
  const list: Job[] = [];
  const put = (id: string, change: Partial<Job>): void => {
    const at = list.findIndex((job) => job.id === id);
    const job = list[at];
    if (job !== undefined) list[at] = { ...job, ...change };
  };
  const jobs: JobStore = {
    ready: Promise.resolve(),
    all: () => list,
    get: (id) => list.find((job) => job.id === id) ?? null,
    add: async (job) => void list.push(job),
    change: async (id, change) => put(id, change),
    remove: none,
  };
  const said: string[] = [];
  const remove = async (id: string): Promise<void> => {
    list.splice(0, list.length, ...list.filter((job) => job.id !== id));
  };
  let count = 0;
  const transfers: TransferDesk = {
    resume: none,
    moveAside: none,
    show: none,
    taskOf: () => null,
    ask: async (wish) => {
      count += 1;
      said.push(`copy ${wish.items.map(({ name }) => name).join()}`);
      list.push({
        ...wish,
        id: `job-${count}`,
        createdAt: 0,
        occupied: 'ask',
        state: { kind: 'moving' },
        download: null,
      });
    },
    pause: async (id) => {
      said.push('pause');
      put(id, { state: { kind: 'paused' } });
    },
    goOn: none,
    anew: async (id, limit) => {
      said.push(`anew ${limit}`);
      put(id, { state: { kind: 'waiting' } });
    },
    cancel: async (id) => {
      said.push('cancel');
      await remove(id);
    },
    dismiss: remove,
  };
  const kept: CopyRecord[] = [];
  const copies: Copies = {
    list: async () =>
      kept.map((record) => ({
        record,
        notebookId: record.notebook.id,
        view: {
          id: record.id,
          name: record.name,
          framework: 'transformers',
          form: 'folder',
          step: record.step,
          epoch: null,
          loss: null,
          extent: record.extent,
          sizeBytes: 1000,
          keptAt: record.begunAt,
          state: 'verified',
          canGoOn: false,
        },
      })),
    ofNotebook: () => copies.list(),
    space: async () => null,
    changed: () => undefined,
  };
  const vault: Vault = {
    list: none,
    read: none,
    write: none,
    fileHandle: none,
    file: none,
    remove: async (id) => {
      said.push(`drop ${id}`);
      kept.splice(0, kept.length, ...kept.filter((record) => record.id !== id));
    },
  };
  const clock = { now: 1000 };
  const desk = createKeepDesk(
    store,
    jobs,
    transfers,
    { progress: () => null },
    copies,
    vault,
    () => clock.now,
  );
  store.onChange((notebook) => desk.noticed(notebook));
  const empty = emptyNotebook({ ...labPage }, 'story.ipynb', 0);
  const id = empty.id;
  store.add({ ...empty, files: 'working', run: beginRun(newRun({ id: 'run-1', startedAt: 100 })) });

  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const change = async (more: Partial<KeepingAction> = {}): Promise<void> => {
    const choice = { on: true, extent: 'everything', paused: false, mostBytesPerSecond: null } as const;
    await desk.change({ kind: 'change-keeping', notebookId: id, ...choice, ...more });
  };
  const withRun = (apply: (run: Run) => Run): void =>
    void store.change(id, (notebook) => ({
      ...notebook,
      run: notebook.run === null ? null : apply(notebook.run),
    }));
  return {
    desk,
    store,
    jobs,
    kept,
    said,
    change,
    notebook: () => store.get(id) ?? none(),
    now: () => clock.now,
    setRun: (run: Run) => withRun(() => run),
    /** A look at the output folder. */
    look: async (...checkpoints: readonly SeenCheckpoint[]): Promise<void> => {
      clock.now += 3000;
      withRun((run) => ({ ...run, checkpoints: [...checkpoints], lookedAt: clock.now }));
      await settle();
    },
    /** The copy under way becomes whole. */
    done: async (): Promise<void> => {
      const job = list.find(({ automatic }) => automatic !== undefined);
      const [item] = job?.items ?? [];
      if (job === undefined || item === undefined) throw new Error('nothing is under way');
      kept.push(recordOf(id, item.name, item.step ?? 0, clock.now, 'automatic'));
      await desk.jobOver({
        ...job,
        state: { kind: 'done', checked: 'verified', sizeBytes: 1000, asideAs: null },
      });
    },
    fails: async (why: JobFailure): Promise<void> => {
      const job = list.find(({ automatic }) => automatic !== undefined);
      if (job === undefined) throw new Error('nothing is under way');
      await desk.jobOver({ ...job, state: { kind: 'failed', why } });
    },
  };
};

const recordOf = (
  notebookId: string,
  name: string,
  step: number,
  begunAt: number,
  purpose: CopyRecord['purpose'],
): CopyRecord => ({
  version: 1,
  id: `copy of ${name}`,
  from: { origin: labPage.origin, basePath: '/', folder: `outputs/${name}` },
  notebook: { id: notebookId, name: 'story.ipynb' },
  name,
  framework: 'transformers',
  form: 'folder',
  step,
  epoch: null,
  loss: null,
  extent: 'everything',
  purpose,
  begunAt,
  state: 'whole',
  files: [{ path: 'model.safetensors', sizeBytes: 1000, modifiedAt: step, proof: null }],
  emptyFolders: [],
});

describe('before the yes', () => {
  it('nothing is copied, and the question comes with the first whole checkpoint', async () => {
    const { desk, look, said, notebook } = setUp();
    await look(whole(100, { integrity: { kind: 'writing' } }));
    expect(desk.view(notebook()).kind).toBe('not-yet');
    await look(whole(100));
    expect(desk.view(notebook())).toEqual({ kind: 'offer', sizeBytes: 1000, inferenceBytes: null });
    expect(said).toEqual([]);
  });

  it('is not asked again after a no', async () => {
    const { desk, look, change, said, notebook } = setUp();
    await look(whole(100));
    await change({ on: false });
    await look(whole(100), whole(200));
    expect(desk.view(notebook()).kind).toBe('off');
    expect(said).toEqual([]);
  });
});

describe('after the yes', () => {
  it('what is whole already is copied at once, one after another, newest first', async () => {
    const { look, change, done, said } = setUp();
    await look(whole(100), whole(200), whole(300));
    await change();
    await look(whole(100), whole(200), whole(300));
    expect(said).toEqual(['copy checkpoint-300']);
    await done();
    expect(said).toEqual(['copy checkpoint-300', 'copy checkpoint-200']);
    await done();
    expect(said).toHaveLength(2);
  });

  it('an older copy goes when the new one is whole, not before', async () => {
    const { look, change, done, said } = setUp();
    await change();
    for (const step of [100, 200, 300]) {
      await look(whole(step));
      expect(said.join()).not.toContain('drop');
      await done();
    }
    expect(said.at(-1)).toBe('drop copy of checkpoint-100');
  });

  it('what is being put back stays until that is over', async () => {
    const { jobs, look, change, done, said } = setUp();
    await change();
    for (const step of [100, 200]) {
      await look(whole(step));
      await done();
    }
    const using: Job['items'][number] = {
      name: 'checkpoint-100',
      folder: 'outputs/checkpoint-100',
      framework: 'transformers',
      form: 'folder',
      step: 100,
      epoch: null,
      loss: null,
      sizeBytes: 1000,
      copyId: 'copy of checkpoint-100',
      checked: null,
    };
    await jobs.add({
      id: 'restore',
      notebookId: 'n',
      createdAt: 0,
      extent: 'everything',
      to: 'server',
      items: [using],
      occupied: 'ask',
      state: { kind: 'moving' },
      download: null,
    });
    await look(whole(300));
    await done();
    expect(said.join()).not.toContain('drop');
    await jobs.change('restore', {
      state: { kind: 'done', checked: 'verified', sizeBytes: 1000, asideAs: null },
    });
    await look(whole(300));
    expect(said.at(-1)).toBe('drop copy of checkpoint-100');
  });

  it('a copy that the user takes away is not made again', async () => {
    const { kept, look, change, done, said } = setUp();
    await change();
    await look(whole(100));
    await done();
    kept.length = 0;
    await look(whole(100));
    expect(said).toEqual(['copy checkpoint-100']);
    await look(whole(100, { modifiedAt: 5000 }));
    expect(said, 'written anew it is another one').toHaveLength(2);
  });
});

describe('what goes wrong', () => {
  it('no room: is said, and the next checkpoint is tried all the same', async () => {
    const { desk, look, change, done, fails, said, notebook } = setUp();
    await change();
    await look(whole(100));
    await fails({ kind: 'no-room', missingBytes: 5 });
    expect(desk.view(notebook())).toMatchObject({
      trouble: { name: 'checkpoint-100', why: { kind: 'no-room' } },
    });
    await look(whole(100));
    expect(said, 'not again and again').toEqual(['copy checkpoint-100']);
    await look(whole(100), whole(200));
    await done();
    expect(desk.view(notebook())).toMatchObject({ trouble: null, last: { name: 'checkpoint-200' } });
  });

  it('rotated away meanwhile: nobody hears of it', async () => {
    const { desk, look, change, fails, said, notebook } = setUp();
    await change();
    await look(whole(100));
    await look(whole(100, { gone: true }), whole(200));
    await fails({ kind: 'gone', name: 'checkpoint-100', next: null });
    expect(said.at(-1)).toBe('copy checkpoint-200');
    expect(desk.view(notebook())).toMatchObject({ trouble: null });
  });

  it('without the page: tried again at the next look', async () => {
    const { look, change, fails, said } = setUp();
    await change();
    await look(whole(100));
    await fails({ kind: 'page-not-open' });
    expect(said).toHaveLength(1);
    await look(whole(100));
    expect(said).toHaveLength(2);
  });

  it('while the files cannot be read nothing is begun', async () => {
    const { store, look, change, said, notebook } = setUp();
    await change();
    store.change(notebook().id, (record) => ({ ...record, files: 'unreachable' }));
    await look(whole(100));
    expect(said).toEqual([]);
  });
});

describe('what the user changes', () => {
  it('a pause holds what is under way and begins nothing; it goes on at the pace that was chosen', async () => {
    const { desk, look, change, said, notebook } = setUp();
    await change();
    await look(whole(100));
    await change({ paused: true });
    await look(whole(100), whole(200));
    expect(said).toEqual(['copy checkpoint-100', 'pause']);
    expect(desk.view(notebook())).toMatchObject({ paused: true, underWay: null });
    await change({ mostBytesPerSecond: 2_000_000 });
    expect(said.at(-1)).toBe('anew 2000000');
    expect(desk.view(notebook())).toMatchObject({ underWay: { name: 'checkpoint-100', state: 'behind' } });
  });

  it('off takes the half copy away and leaves the whole ones', async () => {
    const { kept, look, change, done, said } = setUp();
    await change();
    await look(whole(100));
    await done();
    await look(whole(100), whole(200));
    await change({ on: false });
    expect(said.at(-1)).toBe('cancel');
    expect(kept).toHaveLength(1);
  });

  it('another choice of files is for what is there now, too', async () => {
    const { jobs, look, change, done } = setUp();
    await change({ extent: 'inference' });
    await look(whole(100));
    expect(jobs.all()[0]).toMatchObject({ extent: 'inference' });
    await done();
    await change({ extent: 'inference' });
    expect(jobs.all()).toEqual([]);
  });
});

describe('from run to run', () => {
  it('a run that was resumed goes on with the copies before it', async () => {
    const { setRun, notebook, look, change, done, said } = setUp();
    await change();
    for (const step of [100, 200]) {
      await look(whole(step));
      await done();
    }
    const lost = notebook().run;
    if (lost === null) throw new Error('no run');
    setRun(continueRun(newRun({ id: 'run-2', startedAt: 50_000 }), lost, whole(200)));
    await look(whole(200, { modifiedAt: 60_000 }), whole(300, { modifiedAt: 70_000 }));
    await done();
    expect(said.slice(2)).toEqual(['copy checkpoint-300', 'drop copy of checkpoint-100']);
  });

  it('what an earlier run left is never dropped', async () => {
    const { kept, setRun, now, look, change, done, said } = setUp();
    await change();
    await look(whole(600));
    await done();
    await look(whole(600));
    const begun = now() + 1;
    setRun(beginRun(newRun({ id: 'run-2', startedAt: begun })));
    for (const step of [100, 200, 300]) {
      await look(whole(step, { modifiedAt: begun + step }));
      await done();
    }
    expect(said.at(-1)).toBe('drop copy of checkpoint-100');
    expect(kept.map(({ step }) => step)).toEqual([600, 200, 300]);
  });
});
