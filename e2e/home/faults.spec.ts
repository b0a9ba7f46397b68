import { rm, utimes, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  downloaded,
  expect,
  expectWhole,
  limitRoom,
  MB,
  SLOW,
  test,
  writeFolder,
  zipSlowly,
} from './fixtures.ts';

const NAME = 'checkpoint-7';
const FOLDER = `out/${NAME}`;
const sizes = { 'model.safetensors': 60 * MB, 'config.json': 3000, 'optimizer.pt': 100 };

test('a server that is killed and started again in the midst: the copy goes on where it broke off', async ({
  home: { server, line, popup, folder },
}) => {
  const before = line.fileBytes();
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  await server.kill9();
  await popup.job('it is said', ({ state }) => state.kind === 'trying-again');
  await server.restart();
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(line.fileBytes() - before, 'what was here is not moved again').toBeLessThan(110 * MB);
  await expectWhole(folder, FOLDER);
});

test('answers that break off with a good status are taken up again', async ({
  home: { line, popup, folder },
}) => {
  await writeFolder(join(folder, FOLDER), sizes);
  line.cutNext(3, 1.5 * MB);
  await popup.zipFolder(FOLDER);
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  await expectWhole(folder, FOLDER);
});

test('a proxy that answers 502 for a while is waited for', async ({ home: { line, popup, folder } }) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 10 * MB);
  line.answerWith(502, 5000);
  const { state } = await popup.job('it is said', (job) => job.state.kind === 'trying-again');
  expect(state).toMatchObject({ why: { kind: 'server-error', status: 502 } });
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  await expectWhole(folder, FOLDER);
});

test('a checkpoint that is rotated away in the midst is said to be gone, and leaves nothing', async ({
  home: { line, popup, popupPage, folder },
}) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  await rm(join(folder, FOLDER), { recursive: true });
  expect((await popup.ended()).state).toMatchObject({ kind: 'failed', why: { kind: 'gone', name: NAME } });
  expect(await downloaded(folder)).toEqual([]);
  expect(await kept(popupPage)).toEqual([]);
});

test('many small files that are rotated away in the midst leave nothing either', async ({
  home: { line, popup, popupPage, folder },
}) => {
  const names = Array.from({ length: 200 }, (_, at) => [`part-${at}.bin`, 20_000] as const);
  await writeFolder(join(folder, FOLDER), Object.fromEntries(names));
  line.limit(0.1 * MB);
  await popup.zipFolder(FOLDER);
  await popup.moved(0.2 * MB);
  await rm(join(folder, FOLDER), { recursive: true });
  expect((await popup.ended()).state).toMatchObject({ kind: 'failed', why: { name: NAME } });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await kept(popupPage)).toEqual([]);
});

test('a file that is written anew with the same size in the midst is never mixed with its former self', async ({
  home: { line, popup, popupPage, folder },
}) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  const file = join(folder, FOLDER, 'model.safetensors');
  await writeFile(file, randomBytes(60 * MB));
  await utimes(file, new Date(), new Date(Date.now() + 5000));
  expect((await popup.ended()).state).toMatchObject({ kind: 'failed', why: { kind: 'changed', name: NAME } });
  expect(await downloaded(folder)).toEqual([]);
  expect(await kept(popupPage)).toEqual([]);
});

for (const { when, roomBytes, before } of [
  { when: 'before it begins', roomBytes: 40 * MB, before: 0 },
  { when: 'in the midst', roomBytes: 30 * MB, before: 10 * MB },
])
  test(`a browser that has no room says so, ${when}`, async ({
    home: { line, popup, popupPage, folder },
  }) => {
    await writeFolder(join(folder, FOLDER), sizes);
    line.limit(SLOW);
    const limit = () => limitRoom(popupPage, roomBytes);
    if (before === 0) await limit();
    await popup.zipFolder(FOLDER);
    if (before > 0) await popup.moved(before).then(limit);
    expect((await popup.ended()).state).toMatchObject({ kind: 'failed', why: { kind: 'no-room' } });
    expect(await downloaded(folder)).toEqual([]);
  });

test('the same folder asked for twice is one copy', async ({ home: { line, popup, folder } }) => {
  await writeFolder(join(folder, FOLDER), sizes);
  line.limit(SLOW);
  await Promise.all([popup.zipFolder(FOLDER), popup.zipFolder(FOLDER)]);
  expect((await popup.view()).home.jobs).toHaveLength(1);
  expect((await popup.ended()).state).toMatchObject({ kind: 'done' });
  await expectWhole(folder, FOLDER);
});

test('paused, a copy waits; it goes on with what is here; cancelled, it leaves nothing', async ({
  home: { line, popup, popupPage, folder },
}) => {
  const { id } = await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  await popup.act({ kind: 'pause-job', jobId: id });
  await popup.job('paused', ({ state }) => state.kind === 'paused');
  const moved = line.fileBytes();
  await popup.act({ kind: 'resume-job', jobId: id });
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(line.fileBytes() - moved, 'what was here is not moved again').toBeLessThan(60 * MB);
  await expectWhole(folder, FOLDER);

  await popup.act({ kind: 'dismiss-job', jobId: id });
  await popup.zipFolder(FOLDER);
  const second = await popup.moved(10 * MB);
  await popup.act({ kind: 'cancel-job', jobId: second.id });
  await expect.poll(async () => (await popup.view()).home.jobs).toEqual([]);
  await expect.poll(() => kept(popupPage)).toEqual([]);
});

test('what lies in the browser and cannot be read is shown as damaged, and can be taken away', async ({
  home: { popup, popupPage },
}) => {
  await popupPage.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const checkpoints = await root.getDirectoryHandle('checkpoints', { create: true });
    const copy = await checkpoints.getDirectoryHandle('half-written', { create: true });
    const record = await copy.getFileHandle('checkpoint.json', { create: true });
    const writer = await record.createWritable();
    await writer.write('{"version": 1, "id": "half-');
    await writer.close();
  });
  // The list is read once, and again after a change.
  await popupPage.reload();
  const { notebookId } = await popup.view();
  await popup.act({ kind: 'remove-copy', notebookId, copyId: 'nothing-of-that-name' });
  expect((await popup.view()).home.copies).toEqual([
    expect.objectContaining({ id: 'half-written', state: 'damaged' }),
  ]);
  await popup.act({ kind: 'remove-copy', notebookId, copyId: 'half-written' });
  expect((await popup.view()).home.copies).toEqual([]);
  expect(await kept(popupPage)).toEqual([]);
});

/** What lies in the browser's own file system for copies. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    const folder = await root.getDirectoryHandle('checkpoints').catch(() => null);
    if (folder !== null) for await (const name of folder.keys()) names.push(name);
    return names;
  });
