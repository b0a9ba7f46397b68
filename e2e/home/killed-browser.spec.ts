import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, type HoldfastBrowser } from '../extension/browser.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { hashesInZip, hashesOnDisk } from './archive-readers.ts';
import { openBrokenLine } from './broken-line.ts';
import { downloaded, expect, MB, popupOf, quietBook, test, writeFolder } from './fixtures.ts';

test('a browser that is killed in the midst goes on when it is opened again', async ({
  folder,
  startServer,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
  const downloadsTo = join(folder, 'downloads');
  await mkdir(downloadsTo, { recursive: true });
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(quietBook));
  await writeFolder(join(folder, 'out/checkpoint-7'), { 'model.safetensors': 100 * MB, 'config.json': 3000 });
  const server = await startServer();
  await using line = await openBrokenLine(server.url);
  const reached = {
    ...server,
    notebookUrl: (path: string) => server.notebookUrl(path).replace(server.url, line.url),
  };
  const open = async (browser: HoldfastBrowser) => {
    const { page } = await openNotebook(await browser.newPage(), reached, 'story.ipynb');
    return popupOf(await browser.openPopup(page));
  };

  line.limit(20 * MB);
  const first = await launchBrowser({ profile, downloadsTo });
  const before = await open(first);
  await before.zipFolder('out/checkpoint-7');
  await before.moved(50 * MB);
  await first.kill();
  const moved = line.fileBytes();

  await using second = await launchBrowser({ profile, downloadsTo });
  const popup = await open(second);
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(line.fileBytes() - moved, 'what was here is not moved again').toBeLessThan(90 * MB);
  expect(await downloaded(folder)).toEqual(['checkpoint-7.zip']);
  expect(await hashesInZip(join(downloadsTo, 'checkpoint-7.zip'))).toEqual(
    await hashesOnDisk(join(folder, 'out/checkpoint-7'), 'checkpoint-7'),
  );
  await second.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});
