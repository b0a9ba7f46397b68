import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Task, TaskEnd } from '../protocol/transfer-message.ts';
import { memoryVault, type MemoryVault } from '../vault/memory-vault.ts';
import { itemOfCopy, itemOfFolder } from './job-items.ts';
import type { Job } from './job.ts';
import { createJobStore, type JobStore } from './job-store.ts';
import type { TaskRunner } from './task-runner.ts';
import { createTransferDesk, type TransferDesk, type TransferSource } from './transfer-desk.ts';

const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock('../browser/browser.ts', () => ({
  browser: {
    storage: {
      local: {
        get: async (key: string) => ({ [key]: stored.get(key) }),
        set: async (items: object) => {
          for (const [key, value] of Object.entries(items)) stored.set(key, value);
        },
      },
    },
  },
}));

const address = { origin: 'http://localhost', basePath: '/' };

/** A worker whose tasks end when, and as, the test says. */
const heldWorker = () => {
  const ends = new Map<string, (end: TaskEnd) => void>();
  const asked: Task[] = [];
  const runner: TaskRunner = {
    run: (task) => {
      asked.push(task);
      return new Promise((resolve) => ends.set(task.kind, resolve));
    },
    stop: () => undefined,
    release: async () => undefined,
    progress: () => null,
    take: () => undefined,
  };
  const end = async (kind: Task['kind'], as: TaskEnd): Promise<void> => {
    await vi.waitFor(() => expect([...ends.keys()]).toContain(kind));
    ends.get(kind)?.(as);
    ends.delete(kind);
  };
  return { runner, asked, end };
};

interface Desk {
  readonly desk: TransferDesk;
  readonly jobs: JobStore;
  readonly worker: ReturnType<typeof heldWorker>;
  readonly vault: MemoryVault;
  /** Names of zips that were handed to the browser. */
  readonly saved: string[];
}

const openDesk = (reach: TransferSource['reach'], isOpen = true): Desk => {
  const worker = heldWorker();
  const jobs = createJobStore(() => undefined);
  const vault = memoryVault();
  const saved: string[] = [];
  const zips = {
    save: async (_id: string, name: string) => {
      saved.push(name);
      return null;
    },
    finish: async () => null,
    isSaved: async () => false,
  };
  const lives = {
    isPossible: false,
    of: async () => null,
    isStopped: async () => false,
    forget: async () => undefined,
    drop: async () => undefined,
  };
  const source = {
    notebook: { id: 'notebook', name: 'story.ipynb' },
    isOpen: () => isOpen,
    reach,
    nextGood: () => null,
  };
  const host = { rest: async () => undefined };
  const desk = createTransferDesk(
    jobs,
    worker.runner,
    vault,
    () => source,
    host,
    zips,
    lives,
    () => undefined,
    () => 0,
  );
  return { desk, jobs, worker, vault, saved };
};

const there = async () => ({ address, access: {} });
const stateOf = ({ jobs }: Desk): Job['state'] | undefined => jobs.all()[0]?.state;
const idOf = ({ jobs }: Desk): string => jobs.all()[0]?.id ?? '';
const wish = { notebookId: 'notebook', extent: 'everything' } as const;
const ask = async ({ desk }: Desk, to: Job['to'] = 'zip'): Promise<void> => {
  const item = itemOfFolder('out/checkpoint-7');
  if (item !== null) await desk.ask({ ...wish, to, items: [item] });
};
const copied = { kind: 'copied', copyId: 'copy-1', checked: 'verified', sizeBytes: 1 } as const;
const zipped = { kind: 'zipped', url: 'blob:1', sizeBytes: 1, checked: 'verified' } as const;

beforeEach(() => stored.clear());

describe('a zip that is finished', () => {
  it('is handed to the browser', async () => {
    const open = openDesk(there);
    await ask(open);
    await open.worker.end('copy', copied);
    await open.worker.end('zip', zipped);
    await vi.waitFor(() => expect(stateOf(open)).toMatchObject({ kind: 'done' }));
    expect(open.saved).toEqual(['checkpoint-7.zip']);
  });

  it('in the moment of a cancel is not, and nothing is said to be saved', async () => {
    const open = openDesk(there);
    await ask(open);
    await open.worker.end('copy', copied);
    await vi.waitFor(() => expect(open.worker.asked.map(({ kind }) => kind)).toContain('zip'));
    await open.desk.cancel(idOf(open));
    await open.worker.end('zip', zipped);
    await vi.waitFor(() => expect(open.jobs.all()).toEqual([]));
    expect(open.saved).toEqual([]);
  });
});

it('what is asked for again goes on where it was paused', async () => {
  const open = openDesk(there);
  await ask(open);
  await vi.waitFor(() => expect(open.worker.asked).toHaveLength(1));
  await open.desk.pause(idOf(open));
  await open.worker.end('copy', { kind: 'stopped' });
  await vi.waitFor(() => expect(stateOf(open)).toEqual({ kind: 'paused' }));
  await ask(open);
  await vi.waitFor(() => expect(open.worker.asked).toHaveLength(2));
  expect(open.jobs.all()).toHaveLength(1);
});

it('two copies of one name, of different notebooks, are two wishes', async () => {
  const open = openDesk(there);
  for (const record of [open.vault.keep({ a: Buffer.from('a') }), open.vault.keep({ a: Buffer.from('b') })])
    await open.desk.ask({ ...wish, to: 'zip', items: [itemOfCopy(record)] });
  expect(open.jobs.all()).toHaveLength(2);
});

describe('where something lies in the way', () => {
  it('it is moved aside only when the user says so', async () => {
    const open = openDesk(there);
    const item = itemOfCopy(open.vault.keep({ a: Buffer.from('a') }));
    await open.desk.ask({ ...wish, to: 'server', items: [item] });
    const why = { kind: 'in-the-way', name: 'checkpoint-7' } as const;
    await open.worker.end('restore', { kind: 'failed', why });
    await vi.waitFor(() => expect(stateOf(open)).toEqual({ kind: 'failed', why }));
    await open.desk.moveAside(idOf(open));
    await open.worker.end('restore', {
      kind: 'restored',
      checked: 'verified',
      sizeBytes: 1,
      asideAs: 'out/aside',
    });
    await vi.waitFor(() => expect(stateOf(open)).toMatchObject({ kind: 'done', asideAs: 'out/aside' }));
    const occupied = open.worker.asked.map((task) => (task.kind === 'restore' ? task.occupied : null));
    expect(occupied).toEqual(['ask', 'move-aside']);
  });
});

it.each([
  ['the page is closed', false, { kind: 'page-not-open' }],
  ['no way of the open page answers', true, { kind: 'server', trouble: { kind: 'no-server' } }],
] as const)('a server that is out of reach because %s is said to be that', async (_why, isOpen, why) => {
  let isReached = true;
  const open = openDesk(async () => (isReached ? there() : null), isOpen);
  await ask(open);
  await vi.waitFor(() => expect(open.worker.asked).toHaveLength(1));
  isReached = false;
  const signedOut = { kind: 'server', trouble: { kind: 'signed-out' } } as const;
  await open.worker.end('copy', { kind: 'failed', why: signedOut });
  await vi.waitFor(() => expect(stateOf(open)).toEqual({ kind: 'failed', why }));

  await open.desk.goOn(idOf(open));
  await vi.waitFor(() => expect(stateOf(open)).toEqual({ kind: 'failed', why }));
});
