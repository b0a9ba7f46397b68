import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipByReference } from './zip-by-reference.ts';
import { zipInMemory } from './zip-in-memory.ts';
import type { ZipContents, ZipMember } from './zip-members.ts';

const member = (name: string, bytes: Uint8Array): ZipMember => ({
  name,
  sizeBytes: bytes.length,
  crc32: crc32(bytes),
  modifiedAt: Date.UTC(2026, 10, 25, 7, 30),
  bytes: new Blob([new Uint8Array(bytes)]),
});

const contents: ZipContents = {
  members: [
    member('checkpoint-7/config.json', Buffer.from(JSON.stringify({ text: 'x'.repeat(5000) }))),
    member(
      'checkpoint-7/größe/model.safetensors',
      Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7) % 251)),
    ),
    member('checkpoint-7/empty.bin', new Uint8Array(0)),
  ],
  emptyFolders: [{ name: 'checkpoint-7/nothing', modifiedAt: 0 }],
};

it.each([
  ['by reference', zipByReference],
  ['in memory', zipInMemory],
])('a zip made %s is opened by unzip, with names, times, methods and an empty folder', async (_way, make) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-zip-'));
  const file = join(folder, 'made.zip');
  await writeFile(file, Buffer.from(await (await make(contents)).arrayBuffer()));
  const environment = { env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' } };
  const { stdout } = await promisify(execFile)('unzip', ['-Zv', file], environment);
  await promisify(execFile)('unzip', ['-tqq', file]);
  const text = stdout.replaceAll(/ +/g, ' ');
  expect(text).toContain('größe/model.safetensors');
  expect(text).toContain('checkpoint-7/nothing/');
  expect(text).toContain('2026 Nov 25 07:30:00');
  expect([...text.matchAll(/compression method: (\w+)/g)].map(([, method]) => method)).toEqual([
    'deflated',
    'none',
    'none',
    'none',
  ]);
  await rm(folder, { recursive: true });
});
