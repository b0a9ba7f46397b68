import { execFile } from 'node:child_process';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { torchFile } from '../../src/core/checkpoint/file-fixtures.ts';
import { hashesInZip, hashesOnDisk } from './archive-readers.ts';
import { downloaded, expect, MB, test, writeFolder } from './fixtures.ts';

const execute = promisify(execFile);

test('a checkpoint in a zip that was packed by hand is put back, and a broken zip is refused', async ({
  home: { popup, popupPage, folder },
}) => {
  await writeFolder(join(folder, 'out/checkpoint-7'), {
    'model.safetensors': 12 * MB,
    'sub/größe.bin': 100,
    'empty.bin': 0,
  });
  await appendFile(join(folder, 'out/checkpoint-7/config.json'), JSON.stringify({ a: 'x'.repeat(50_000) }));
  const source = await hashesOnDisk(join(folder, 'out/checkpoint-7'), 'checkpoint-7');
  const zip = join(folder, 'by hand.zip');
  await execute('zip', ['-r', zip, 'out/checkpoint-7'], { cwd: folder });
  await rm(join(folder, 'out'), { recursive: true });
  const broken = join(folder, 'broken.zip');
  const bytes = await readFile(zip);
  bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
  await writeFile(broken, bytes);

  const { notebookId } = await popup.view();
  const opened = popupPage.context().waitForEvent('page');
  await popup.act({ kind: 'open-restore', notebookId });
  const page = await opened;
  const choose = async (path: string): Promise<void> => {
    await page.getByLabel('The zip').setInputFiles(path);
    await expect(page.getByRole('radio', { name: /checkpoint-7/ })).toBeChecked();
    await page.getByLabel('Where to put it').fill('back/checkpoint-7');
    await page.getByRole('button', { name: 'Put it back' }).click();
  };
  await page
    .getByLabel('The zip')
    .setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no') });
  await expect(page.getByRole('alert')).toHaveText('This is not a zip.');
  await choose(broken);
  await expect(page.getByRole('alert')).toHaveText(/^This zip is damaged/);
  expect((await popup.view()).home.copies, 'nothing is left of it').toEqual([]);

  await choose(zip);
  await expect(page.getByRole('status')).toHaveText(/^checkpoint-7 is on its way to back\/checkpoint-7/);
  await page.close();
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(await hashesOnDisk(join(folder, 'back/checkpoint-7'), 'checkpoint-7')).toEqual(source);
});

test('a checkpoint that is a file goes back among its neighbours, and home again at the top of a zip', async ({
  home: { popup, popupPage, folder },
}) => {
  const checkpoint = Buffer.from(torchFile({ contentBytes: 2 * MB }));
  await writeFolder(join(folder, 'out'), { 'epoch=2-step=300.ckpt': 100 });
  await writeFile(join(folder, 'out/epoch=3-step=400.ckpt'), checkpoint);
  const zip = join(folder, 'file.zip');
  await execute('zip', ['-j', zip, 'out/epoch=3-step=400.ckpt'], { cwd: folder });
  await rm(join(folder, 'out/epoch=3-step=400.ckpt'));
  const { notebookId } = await popup.view();
  const opened = popupPage.context().waitForEvent('page');
  await popup.act({ kind: 'open-restore', notebookId });
  const page = await opened;
  await page.getByLabel('The zip').setInputFiles(zip);
  await expect(page.getByRole('radio', { name: /epoch=3-step=400\.ckpt/ })).toBeChecked();
  await page.getByLabel('Into which folder').fill('out');
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expect(page.getByRole('status')).toHaveText(/^epoch=3-step=400\.ckpt is on its way to out\//);
  await page.close();
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect((await readFile(join(folder, 'out/epoch=3-step=400.ckpt'))).equals(checkpoint)).toBe(true);
  const inFolder = (await readdir(join(folder, 'out'))).filter((name) => !name.startsWith('.'));
  expect(inFolder.toSorted()).toEqual(['epoch=2-step=300.ckpt', 'epoch=3-step=400.ckpt']);

  const [copy] = (await popup.view()).home.copies;
  await popup.act({ kind: 'zip-copy', notebookId, copyId: copy?.id ?? '' });
  await popup.job('a zip', ({ to, state }) => to === 'zip' && state.kind === 'done');
  const name = 'epoch=3-step=400.ckpt.zip';
  expect(await downloaded(folder)).toEqual([name]);
  expect(Object.keys(await hashesInZip(join(folder, 'downloads', name)))).toEqual(['epoch=3-step=400.ckpt']);
});
