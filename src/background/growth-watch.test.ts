import { afterEach, expect, it } from 'vitest';
import type { Framework } from '../core/framework.ts';
import { takeLook } from '../core/run/look.ts';
import { beginRun, type OutputFolder, type Run } from '../core/run/run.ts';
import { newRun, UNTOLD_PLAN } from '../core/run/run-rig.ts';
import { type FaultyServer, startFaultyServer } from '../runtime/faulty-server.ts';
import { searchIfDue } from './growth-watch.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';

const START = Date.UTC(2026, 10, 25, 12);
const SECOND = 1000;

/** A disk: path of a file → its time. */
type Disk = Map<string, number>;

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function serve(disk: Disk): Promise<FaultyServer> {
  const server = await startFaultyServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.split('?')[0] ?? '').replace(/^\/api\/contents\/?/, '');
    const prefix = path === '' ? '' : `${path}/`;
    const entries = new Map<string, { isFile: boolean; at: number }>();
    for (const [file, at] of disk) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      const known = entries.get(name);
      entries.set(name, { isFile: rest.length === 0, at: Math.max(known?.at ?? 0, at) });
    }
    if (entries.size === 0 && path !== '') return void response.writeHead(404).end();
    const content = [...entries].map(([name, { isFile, at }]) => ({
      name,
      type: isFile ? 'file' : 'directory',
      size: isFile ? 10 : null,
      last_modified: new Date(at).toISOString(),
    }));
    return void response.end(JSON.stringify({ type: 'directory', content }));
  });
  open.push(server);
  return server;
}

const runIn = (folder: OutputFolder, framework: Framework | null): Run =>
  beginRun(newRun({ source: 'trainer.fit(model)', framework, startedAt: START, plan: UNTOLD_PLAN, folder }));

async function watched(disk: Disk, run: Run = runIn({ kind: 'unknown' }, 'lightning')) {
  const server = await serve(disk);
  const state: { notebook: Notebook } = {
    notebook: { ...emptyNotebook(labPage, 'work/story.ipynb', START), run },
  };
  const store = {
    get: () => state.notebook,
    change: (_id: string, apply: (notebook: Notebook) => Notebook) =>
      (state.notebook = apply(state.notebook)),
  };
  const search = async (seconds: number): Promise<void> =>
    searchIfDue(
      store,
      { ask: (_notebook, question) => question({ address: server.address, access: { stallMs: 500 } }) },
      'n',
      () => START + seconds * SECOND,
    );
  return {
    server,
    search,
    state,
    run: () => state.notebook.run,
    put: (run: Run) => (state.notebook = { ...state.notebook, run }),
  };
}

const LOGS = 'work/lightning_logs/version_1/checkpoints';

it('finds the folder in which the run began to save, and not what an earlier run left', async () => {
  const old = 'work/lightning_logs/version_0/checkpoints/epoch=9-step=90.ckpt';
  const disk: Disk = new Map([[old, START - 60 * SECOND]]);
  const { search, run } = await watched(disk);
  await search(0);
  expect(run()?.folder).toEqual({ kind: 'unknown' });
  disk.set(`${LOGS}/epoch=0-step=10.ckpt`, START + 15 * SECOND);
  await search(21);
  expect(run()?.folder).toEqual({
    kind: 'known',
    asWritten: 'lightning_logs/version_1/checkpoints',
    onServer: LOGS,
    from: 'growth',
    seen: true,
  });
  expect(run()?.baseline).toEqual({});
});

it('asks seldom', async () => {
  const { search, server } = await watched(new Map([['work/story.ipynb', START]]));
  const asked = async (seconds: number): Promise<number> => {
    const before = server.requests.length;
    await search(seconds);
    return server.requests.length - before;
  };
  expect(await asked(0)).toBe(1);
  expect(await asked(10)).toBe(0);
  expect(await asked(20)).toBe(1);
  expect(await asked(60)).toBe(0);
  expect(await asked(81)).toBe(1);
});

it('searches once more when the run has ended, and then no more', async () => {
  const disk: Disk = new Map([['work/story.ipynb', START]]);
  const { search, run, put, server } = await watched(disk);
  const ended = (at: number): Run => ({
    ...runIn({ kind: 'unknown' }, 'lightning'),
    phase: { kind: 'finished', at, machine: 'same' },
  });
  await search(0);
  put(ended(START + 6 * SECOND));
  await search(7);
  await search(70);
  expect(server.requests.length).toBe(2);
  disk.set(`${LOGS}/last.ckpt`, START + 71 * SECOND);
  put(ended(START + 72 * SECOND));
  await search(72.5);
  expect(run()?.folder).toMatchObject({ onServer: LOGS });
});

it("does not trust a server's clock that is ahead: what lay there at the start is no run's", async () => {
  const disk: Disk = new Map([[`${LOGS}/last.ckpt`, START + 30 * SECOND]]);
  const { search, run } = await watched(disk);
  await search(0);
  await search(40);
  expect(run()?.folder).toEqual({ kind: 'unknown' });
  disk.set(`${LOGS}/last.ckpt`, START + 90 * SECOND);
  await search(110);
  expect(run()?.folder).toMatchObject({ onServer: LOGS });
});

it('goes down from a folder that the source names and that has none of its own', async () => {
  const folder = {
    kind: 'known',
    asWritten: 'out',
    onServer: 'work/out',
    from: 'source',
    seen: true,
  } as const;
  const disk: Disk = new Map([['work/out/lightning_logs/version_0/checkpoints/last.ckpt', START + SECOND]]);
  const looked = (framework: Framework | null): Run => takeLook(runIn(folder, framework), [], START);
  const lightning = await watched(disk, looked('lightning'));
  await lightning.search(20);
  expect(lightning.run()?.folder).toMatchObject({
    asWritten: 'out/lightning_logs/version_0/checkpoints',
    from: 'growth',
  });
  const trainer = await watched(disk, looked('transformers'));
  await trainer.search(20);
  expect(trainer.run()?.folder).toEqual(folder);
});

it('leaves a folder alone that was told meanwhile', async () => {
  const disk: Disk = new Map([[`${LOGS}/last.ckpt`, START + 5 * SECOND]]);
  const { search, run, put } = await watched(disk);
  const told: OutputFolder = { kind: 'known', asWritten: 'a', onServer: 'work/a', from: 'log', seen: false };
  const searching = search(30);
  put(runIn(told, 'lightning'));
  await searching;
  expect(run()?.folder).toEqual(told);
});
