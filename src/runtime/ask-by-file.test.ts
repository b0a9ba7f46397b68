import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  WATCH_ANSWER,
  WATCH_FOLDER,
  WATCH_MODULE,
  WATCH_REQUEST,
  watchCell,
} from '../core/reach/watch-cell.ts';
import { askByFile, putWatchModule, type WatchPlace } from './ask-by-file.ts';
import { startFaultyServer } from './faulty-server.ts';
import { findPython, type RealServer, startRealServer } from './real-server.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-ask-'));
const inFolder = (name: string): string => join(root, WATCH_FOLDER, name);
const words = { comment: 'takes wishes', ready: 'ready', missing: 'missing' };
const id = { run: 'run-1', wish: 7 };
/** Where nobody answers, that is soon said. */
const SOON_MS = 700;

let server: RealServer;
let place: WatchPlace;
let kernel: ChildProcess | null = null;

/** A Python that has run the cell and does nothing since; no kernel, but what the cell loads does not need one to say so. */
const runCell = async (): Promise<string> => {
  const program = `${watchCell(join(root, WATCH_FOLDER), words)}\nimport time\nsys.stdout.flush()\ntime.sleep(60)`;
  const python = spawn(findPython(), ['-c', program], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  kernel = python;
  const [said] = await once(python.stdout, 'data');
  return String(said).trim();
};

beforeAll(async () => {
  server = await startRealServer(root);
  place = { server: server.address, folder: WATCH_FOLDER, access: server.access };
});
afterEach(() => {
  kernel?.kill('SIGKILL');
  kernel = null;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

test('the cell finds its module where it was put, and wishes are answered by what they mean', async () => {
  expect(await runCell()).toBe('missing');
  kernel?.kill('SIGKILL');
  for (let times = 0; times < 2; times += 1)
    expect(await putWatchModule(place), 'a second time, too').toEqual({ ok: true, value: null });
  expect(readFileSync(inFolder(WATCH_MODULE), 'utf8')).toContain('def watch(folder)');
  expect(await runCell()).toBe('ready');

  expect(await askByFile(place, id, { do: 'state' }), 'nothing was said yet').toMatchObject({ ok: false });
  const asked = await askByFile(place, id, { do: 'save' });
  const refusal = { kind: 'refused', code: 'nothing-trains' };
  expect(asked).toMatchObject({ ok: true, value: { trains: refusal, answer: refusal } });
  expect(existsSync(inFolder(WATCH_REQUEST)), 'it was taken').toBe(false);

  const later = await askByFile(place, { ...id, wish: 8 }, { do: 'state' });
  expect(later, 'of the same run, without what the other wish came to').toMatchObject({ ok: true });
  expect(later.ok && later.value.answer).toBeUndefined();
  expect(await askByFile(place, { run: 'run-2', wish: 7 }, { do: 'state' })).toMatchObject({
    ok: false,
    failure: { kind: 'timeout' },
  });
});

test('a wish that nobody takes is taken back', async () => {
  await putWatchModule(place);
  const asked = await askByFile(place, { ...id, wish: 9 }, { do: 'save', stop: true }, SOON_MS);
  expect(asked).toEqual({ ok: false, failure: { kind: 'timeout', afterMs: SOON_MS } });
  expect(JSON.parse(readFileSync(inFolder(WATCH_REQUEST), 'utf8'))).toEqual({
    do: 'state',
    id: 'taken back',
  });
});

test.each([
  ['half of one', '{"id": "run-1 7", "trai'],
  ['one to another wish', '{"id": "run-1 6"}'],
  ['a list', '[]'],
  ['nothing', ''],
  ['more than anybody says', `{"id": "run-1 7", "x": "${'a'.repeat(300_000)}"}`],
])('an answer that is %s is none', async (_, text) => {
  await putWatchModule(place);
  writeFileSync(inFolder(WATCH_ANSWER), text);
  expect(await askByFile(place, id, { do: 'save' }, SOON_MS)).toMatchObject({
    ok: false,
    failure: { kind: 'timeout' },
  });
});

test('an answer of another form is not understood, and a server in trouble is told', async () => {
  await putWatchModule(place);
  writeFileSync(inFolder(WATCH_ANSWER), '{"id": "run-1 7", "trains": "yes"}');
  expect(await askByFile(place, id, { do: 'save' }, SOON_MS)).toMatchObject({
    ok: false,
    failure: { kind: 'not-understood' },
  });
  await using faulty = await startFaultyServer((_, response) => response.writeHead(500).end());
  const there = { ...place, server: faulty.address };
  expect(await putWatchModule(there)).toMatchObject({ ok: false });
  expect(await askByFile(there, id, { do: 'save' }, SOON_MS)).toMatchObject({
    ok: false,
    failure: { kind: 'server' },
  });
});
