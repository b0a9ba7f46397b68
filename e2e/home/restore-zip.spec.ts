import { execFile } from 'node:child_process';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashesOnDisk } from './archive-readers.ts';
import { expect, MB, test, writeFolder } from './fixtures.ts';

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
