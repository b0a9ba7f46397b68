import { afterEach, expect, test } from 'vitest';
import type { Integrity } from '../core/checkpoint/checkpoint.ts';
import { jsonFile, safetensorsFile } from '../core/checkpoint/file-fixtures.ts';
import { type FolderLook, lookAtFolder } from './checkpoint-look.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';

/** What a real server does only in a race: a folder in memory, and one URL that answers with another status. */
interface Disk {
  files: Map<string, Uint8Array>;
  fault: { readonly url: RegExp; readonly status: number } | null;
  /** Runs before an answer to a file. */
  onRead: () => void;
}

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

const whole = (step: number): [string, Uint8Array][] => [
  [`checkpoint-${step}/model.safetensors`, safetensorsFile({ a: { data_offsets: [0, 8] } }, 8)],
  [`checkpoint-${step}/trainer_state.json`, jsonFile({ global_step: step })],
];

async function serveDisk(): Promise<{ disk: Disk; server: FaultyServer }> {
  const disk: Disk = { files: new Map([...whole(10), ...whole(20)]), fault: null, onRead: () => undefined };
  const entry = (name: string, size: number | null) => ({
    name,
    type: size === null ? 'directory' : 'file',
    size,
    last_modified: '2026-01-01T00:00:00Z',
  });
  const server = await startFaultyServer(({ url = '' }, response) => {
    if (disk.fault?.url.test(url) === true) return void response.writeHead(disk.fault.status).end();
    const path = decodeURIComponent(url.split('?')[0] ?? '').replace(
      /^\/(?:files|api\/contents)\/out\/?/,
      '',
    );
    if (url.startsWith('/files/')) disk.onRead();
    const bytes = disk.files.get(path);
    if (bytes !== undefined)
      return void response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
    const prefix = path === '' ? '' : `${path}/`;
    const below = [...disk.files].filter(([name]) => name.startsWith(prefix));
    if (url.startsWith('/api/status')) return void response.end('{}');
    if (below.length === 0) return void response.writeHead(404).end();
    const content =
      path === ''
        ? [...new Set(below.map(([name]) => name.split('/')[0] ?? ''))].map((name) => entry(name, null))
        : below.map(([name, file]) => entry(name.slice(prefix.length), file.length));
    return void response.end(JSON.stringify({ type: 'directory', content }));
  });
  open.push(server);
  return { disk, server };
}

const look = (server: FaultyServer, previous: FolderLook | null) =>
  lookAtFolder(server.address, 'out', previous?.memory ?? null, { stallMs: 500 });

async function firstLook(server: FaultyServer): Promise<FolderLook> {
  const first = await look(server, null);
  if (!first.ok) throw new Error('The first look failed');
  return first.value;
}

async function secondLook(server: FaultyServer): Promise<readonly (readonly [string, Integrity])[]> {
  const second = await look(server, await firstLook(server));
  if (!second.ok) throw new Error(`The second look failed: ${second.failure.kind}`);
  return second.value.checkpoints.map(({ name, integrity }) => [name, integrity]);
}

const complete = { kind: 'complete', resumes: 'weights-only' };

test('judges on the second look', async () => {
  const { server } = await serveDisk();
  expect(await secondLook(server)).toEqual([
    ['checkpoint-20', complete],
    ['checkpoint-10', complete],
  ]);
});

test('a checkpoint rotated away before it could be listed is left out', async () => {
  const { disk, server } = await serveDisk();
  disk.fault = { url: /contents\/out\/checkpoint-10/, status: 404 };
  expect(await secondLook(server)).toEqual([['checkpoint-20', complete]]);
});

test('so is one rotated away while it was read', async () => {
  const { disk, server } = await serveDisk();
  disk.onRead = () => {
    for (const [name] of whole(20)) disk.files.delete(name);
  };
  expect(await secondLook(server)).toEqual([['checkpoint-10', complete]]);
});

test('a file that vanishes alone means that somebody writes', async () => {
  const { disk, server } = await serveDisk();
  disk.onRead = () => disk.files.delete('checkpoint-20/trainer_state.json');
  expect(await secondLook(server)).toEqual([
    ['checkpoint-20', { kind: 'writing' }],
    ['checkpoint-10', complete],
  ]);
});

test('so does a file that has another size than a moment ago', async () => {
  const { disk, server } = await serveDisk();
  disk.onRead = () =>
    disk.files.set('checkpoint-20/trainer_state.json', jsonFile('{"global_step": 20, "x": 1}'));
  expect(await secondLook(server)).toContainEqual(['checkpoint-20', { kind: 'writing' }]);
});

test('a file that is listed and not given out is unreadable, and asked for again', async () => {
  const { disk, server } = await serveDisk();
  const file = 'trainer_state.json';
  disk.fault = { url: /files\/out\/checkpoint-20\/trainer_state/, status: 404 };
  const second = await look(server, await firstLook(server));
  expect(second.ok && second.value.checkpoints[0]?.integrity).toEqual({
    kind: 'broken',
    defects: [{ kind: 'unreadable', file }],
  });
  disk.fault = null;
  const third = await look(server, second.ok ? second.value : null);
  expect(third.ok && third.value.checkpoints[0]?.integrity).toEqual(complete);
});

test('a folder that is refused', async () => {
  const { disk, server } = await serveDisk();
  disk.fault = { url: /contents\/out\/checkpoint-20/, status: 403 };
  expect(await secondLook(server)).toContainEqual([
    'checkpoint-20',
    { kind: 'broken', defects: [{ kind: 'unreadable', file: 'checkpoint-20' }] },
  ]);
});

test.each([
  [429, { kind: 'too-many-requests', retryAfterMs: null }],
  [502, { kind: 'server-error', status: 502 }],
  [302, { kind: 'signed-out' }],
])('%i in the middle of a look fails it as a whole', async (status, failure) => {
  const { disk, server } = await serveDisk();
  const first = await firstLook(server);
  disk.fault = { url: /files\/out\/checkpoint-10\/trainer_state/, status };
  expect(await look(server, first)).toEqual({ ok: false, failure });
});

test('a memory of another folder is not used', async () => {
  const { server } = await serveDisk();
  const { memory } = await firstLook(server);
  const second = await lookAtFolder(server.address, 'out', { ...memory, path: 'elsewhere' });
  expect(second.ok && second.value.checkpoints[0]?.integrity).toEqual({ kind: 'writing' });
});
