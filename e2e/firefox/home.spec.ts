import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashesInZip, hashesOnDisk } from '../home/archive-readers.ts';
import { downloaded, expect, MB, quietBook, tabOf, test, writeFolder } from '../home/fixtures.ts';
import { openBrokenLine } from '../home/broken-line.ts';
import { homePopup } from '../home/home-popup.ts';
import { launchFirefox } from './firefox.ts';

declare const browser: { readonly runtime: { sendMessage(message: unknown): Promise<never> } };

test('Firefox: a folder comes home as a zip that is whole, and is put back from it', async ({
  folder,
  startServer,
}) => {
  await mkdir(join(folder, 'downloads'));
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(quietBook));
  await writeFolder(join(folder, 'out/checkpoint-7'), {
    'model.safetensors': 60 * MB,
    'config.json': 3000,
    'sub/größe.txt': 10,
  });
  const server = await startServer();
  await using firefox = await launchFirefox({ downloadsTo: join(folder, 'downloads') });
  const page = await firefox.newPage();
  await page.goto(server.notebookUrl('story.ipynb'));
  await page.waitForSelector('.jp-Notebook', { timeout: 60_000 });
  const popupPage = await firefox.openPopup(page);
  const popup = homePopup(tabOf(await popupPage.evaluate(() => location.href)), (message) =>
    popupPage.evaluate((sent) => browser.runtime.sendMessage(sent), message),
  );
  await expect.poll(async () => (await popup.view()).kind).toBe('notebook');
  await popup.zipFolder('out/checkpoint-7');
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(await downloaded(folder)).toEqual(['checkpoint-7.zip']);
  const zip = join(folder, 'downloads/checkpoint-7.zip');
  const source = await hashesOnDisk(join(folder, 'out/checkpoint-7'), 'checkpoint-7');
  expect(await hashesInZip(zip)).toEqual(source);

  const { notebookId } = await popup.view();
  const restore = await firefox.openExtensionPage(
    `src/restore/index.html?notebook=${encodeURIComponent(notebookId)}`,
  );
  const chooser = await restore.waitForSelector('input[type=file]');
  await chooser?.uploadFile(zip);
  await restore.locator('input[type=text]').fill('back/checkpoint-7');
  await restore.locator('button').click();
  await restore.waitForSelector('[role=status]');
  await popup.job('being put back', ({ to }) => to === 'server');
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(await hashesOnDisk(join(folder, 'back/checkpoint-7'), 'checkpoint-7')).toEqual(source);
});

test(
  'Firefox: a copy that takes longer than the browser lets a background idle comes home with the popup closed',
  {
    tag: '@long',
  },
  async ({ folder, startServer }) => {
    await mkdir(join(folder, 'downloads'), { recursive: true });
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(quietBook));
    await writeFolder(join(folder, 'out/checkpoint-7'), { 'model.safetensors': 60 * MB });
    const server = await startServer();
    await using line = await openBrokenLine(server.url);
    await using firefox = await launchFirefox({ downloadsTo: join(folder, 'downloads') });
    const page = await firefox.newPage();
    await page.goto(server.notebookUrl('story.ipynb').replace(server.url, line.url));
    await page.waitForSelector('.jp-Notebook', { timeout: 60_000 });
    const popupPage = await firefox.openPopup(page);
    const popup = homePopup(tabOf(await popupPage.evaluate(() => location.href)), (message) =>
      popupPage.evaluate((sent) => browser.runtime.sendMessage(sent), message),
    );
    await expect.poll(async () => (await popup.view()).kind).toBe('notebook');
    line.limit(0.8 * MB);
    await popup.zipFolder('out/checkpoint-7');
    await popup.moved(5 * MB);
    await popupPage.close();
    await page.goto('about:blank');
    await expect
      .poll(() => downloaded(folder), { timeout: 150_000, intervals: [1000] })
      .toEqual(['checkpoint-7.zip']);
  },
);
