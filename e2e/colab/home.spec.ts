import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashesInZip, hashesOnDisk } from '../home/archive-readers.ts';
import { MB, popupOf, quietBook, writeFolder } from '../home/fixtures.ts';
import { expect, test as base } from './fixtures.ts';

const test = base.extend<object>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  downloads: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-downloads-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

for (const { files, tag } of [
  { files: 'proxy', tag: [] },
  { files: 'tunnel', tag: ['@long'] },
] as const)
  test(
    `a checkpoint comes home from Colab by its ${files}, also when the tokens run out in the midst`,
    { tag: [...tag] },
    async ({ openColab, downloads }) => {
      const colab = await openColab({ notebook: quietBook, files });
      await colab.run(0);
      const folder = join(colab.standIn.contentDir(), 'outputs/checkpoint-7');
      await writeFolder(folder, { 'model.safetensors': 300 * MB, 'config.json': 3000, 'größe ü.txt': 10 });
      const popup = popupOf(await colab.browser.openPopup(colab.page));
      await popup.zipFolder('content/outputs/checkpoint-7');
      await popup.moved(20 * MB);
      const issued = colab.standIn.issuedTokens().length;
      colab.standIn.expireTokens();
      expect((await popup.ended()).state).toMatchObject({ kind: 'done' });
      if (files === 'proxy')
        expect(colab.standIn.issuedTokens().length, 'a fresh one was asked for').toBeGreaterThan(issued);
      expect(await readdir(downloads ?? '')).toEqual(['checkpoint-7.zip']);
      expect(await hashesInZip(join(downloads ?? '', 'checkpoint-7.zip'))).toEqual(
        await hashesOnDisk(folder, 'checkpoint-7'),
      );
    },
  );
