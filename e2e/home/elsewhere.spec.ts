import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CopyRecord } from '../../src/vault/copy-record.ts';
import { hashesOnDisk } from './archive-readers.ts';
import { expect, MB, test, writeFolder } from './fixtures.ts';

const FOLDER = 'out/checkpoint-7';

test('a copy begun for a zip that is to stay is gone on with, and stays when the zip is cancelled', async ({
  home: { line, popup, popupPage, folder },
}) => {
  await writeFolder(join(folder, FOLDER), { 'model.safetensors': 60 * MB, 'config.json': 3000 });
  line.limit(20 * MB);
  await popup.zipFolder(FOLDER);
  const zip = await popup.moved(20 * MB);
  await popup.act({ kind: 'pause-job', jobId: zip.id });
  await popup.job('paused', ({ state }) => state.kind === 'paused');
  const [copyId = ''] = await idsInBrowser(popupPage);
  const { notebookId } = await popup.view();
  const finish = { kind: 'finish-copy', notebookId, copyId } as const;

  await popup.act(finish);
  const keep = await popup.moved(30 * MB);
  expect(keep.to).toBe('browser');
  await popup.act({ kind: 'pause-job', jobId: keep.id });
  await popup.job('paused', ({ state }) => state.kind === 'paused');
  expect((await popup.view()).home.copies).toEqual([
    expect.objectContaining({ id: copyId, state: 'unfinished', canGoOn: true }),
  ]);
  expect(await popup.act({ kind: 'remove-copy', notebookId, copyId })).toEqual({
    kind: 'refused',
    reason: 'in-use',
  });
  await popup.act({ kind: 'cancel-job', jobId: zip.id });
  expect(await idsInBrowser(popupPage), 'the other one still works with it').toEqual([copyId]);

  await popup.act(finish);
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect((await popup.view()).home.jobs.map(({ id }) => id)).toEqual([keep.id]);
  expect(line.fileBytes(), 'what was here is not moved again').toBeLessThan(100 * MB);
  expect((await popup.view()).home.copies).toEqual([
    expect.objectContaining({ id: copyId, state: 'verified' }),
  ]);
});

test('a copy of the same notebook at another address is listed, and put back where that was said', async ({
  home: { popup, popupPage, folder },
}) => {
  const files = await writeFolder(join(folder, FOLDER), { 'model.safetensors': MB, 'sub/config.json': 30 });
  const source = await hashesOnDisk(join(folder, FOLDER), 'checkpoint-7');
  await putIntoBrowser(popupPage, recordOf(files), Object.values(files));
  // The list is read once, and again after a change.
  const { notebookId } = await popup.view();
  await popup.act({ kind: 'remove-copy', notebookId, copyId: 'nothing-of-that-name' });
  await popupPage.reload();

  const { home } = await popup.view();
  expect(home.copies).toEqual([]);
  expect(home.others).toMatchObject([
    { notebookName: 'story.ipynb', copies: [{ id: 'elsewhere', folder: 'back/checkpoint-7' }] },
  ]);
  await popupPage.getByRole('button', { name: /^Other copies in this browser: 1,/ }).click();
  await expect(popupPage.getByText('Put back, it goes into back/checkpoint-7')).toBeVisible();
  await popupPage.getByRole('button', { name: 'Put back on the server: checkpoint-7' }).click();
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(await hashesOnDisk(join(folder, 'back/checkpoint-7'), 'checkpoint-7')).toEqual(source);
  await popup.act({ kind: 'remove-copy', notebookId, copyId: 'elsewhere' });
});

const recordOf = (files: Readonly<Record<string, Buffer>>): CopyRecord => ({
  version: 1,
  id: 'elsewhere',
  from: { origin: 'https://old.example', basePath: '/user/me/', folder: 'back/checkpoint-7' },
  notebook: { id: 'https://old.example/user/me/story.ipynb', name: 'story.ipynb' },
  name: 'checkpoint-7',
  framework: 'transformers',
  form: 'folder',
  step: 7,
  epoch: null,
  loss: null,
  extent: 'everything',
  purpose: 'keep',
  begunAt: Date.UTC(2026, 10, 1),
  state: 'whole',
  files: Object.entries(files).map(([path, bytes]) => ({
    path,
    sizeBytes: bytes.length,
    modifiedAt: 0,
    proof: {
      crc32: crc32(bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      by: 'hash',
    },
  })),
  emptyFolders: [],
});

const idsInBrowser = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const checkpoints = await root.getDirectoryHandle('checkpoints', { create: true });
    const ids: string[] = [];
    for await (const id of checkpoints.keys()) ids.push(id);
    return ids;
  });

/** A copy as the extension itself would have left it. */
const putIntoBrowser = (page: Page, record: CopyRecord, files: readonly Buffer[]): Promise<void> =>
  page.evaluate(
    async ([copy, contents]) => {
      const write = async (
        folder: FileSystemDirectoryHandle,
        name: string,
        data: BlobPart,
      ): Promise<void> => {
        const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await writer.write(new Blob([data]));
        await writer.close();
      };
      const root = await navigator.storage.getDirectory();
      const checkpoints = await root.getDirectoryHandle('checkpoints', { create: true });
      const own = await checkpoints.getDirectoryHandle(copy.id, { create: true });
      const into = await own.getDirectoryHandle('files', { create: true });
      for (const [index, base64] of contents.entries())
        await write(into, String(index), await (await fetch(`data:;base64,${base64}`)).blob());
      await write(own, 'checkpoint.json', JSON.stringify(copy));
    },
    [record, files.map((bytes) => bytes.toString('base64'))] as const,
  );
