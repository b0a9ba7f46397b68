import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloaded, expect, expectWhole, MB, test, zipSlowly } from './fixtures.ts';

const NAME = 'checkpoint-9';
const FOLDER = `out/${NAME}`;
/** A tokenizer is deflated, so it can't go out before all of it is here. */
const sizes = {
  'model.safetensors': 50 * MB,
  'tokenizer.json': 3 * MB,
  'config.json': 3000,
  'optimizer.pt': 20 * MB,
  'empty.txt': 0,
};

declare const chrome: {
  readonly downloads: {
    search(query: { state: string }): Promise<readonly { readonly id: number }[]>;
    cancel(id: number): Promise<void>;
  };
};

/** Bytes on the disk of a download that is under way. */
const underWay = async (folder: string): Promise<number> => {
  const downloads = join(folder, 'downloads');
  const names = (await readdir(downloads)).filter((name) => name.endsWith('.crdownload'));
  const sizes = names.map(async (name) => (await stat(join(downloads, name)).catch(() => null))?.size ?? 0);
  return Math.max(0, ...(await Promise.all(sizes)));
};

test('a zip is written to the downloads while its copy comes, and is whole', async ({
  home: { line, popup, folder },
}) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 40 * MB);
  await expect.poll(() => underWay(folder)).toBeGreaterThan(20 * MB);
  expect(await downloaded(folder), 'it has its name when it is whole').toEqual([]);
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  await expectWhole(folder, FOLDER);
});

test('when the background ends in the midst, the zip is made of the copy', async ({
  home: { line, popup, popupPage, folder },
}) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  await expect.poll(() => underWay(folder)).toBeGreaterThan(0);
  const session = await popupPage.context().newCDPSession(popupPage);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  await expectWhole(folder, FOLDER);
});

test('a download that is stopped in the browser is not made again', async ({
  home: { line, popup, popupPage, folder },
}) => {
  await zipSlowly({ line, popup, folder }, FOLDER, sizes, 20 * MB);
  await popupPage.evaluate(async () => {
    for (const { id } of await chrome.downloads.search({ state: 'in_progress' }))
      await chrome.downloads.cancel(id);
  });
  expect((await popup.ended()).state).toMatchObject({
    kind: 'failed',
    why: { kind: 'download', said: 'USER_CANCELED' },
  });
  expect(await downloaded(folder)).toEqual([]);
  expect(await underWay(folder)).toBe(0);
});
