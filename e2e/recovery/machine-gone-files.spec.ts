import { join } from 'node:path';
import { hashesInZip } from '../home/archive-readers.ts';
import { downloaded, expect, popupOf, test } from '../home/fixtures.ts';
import { ending, uninterruptedEnding } from '../notebooks/frameworks/ending.ts';
import { kerasStory } from '../notebooks/frameworks/keras-story.ts';
import { lightningStory } from '../notebooks/frameworks/lightning-story.ts';
import { pytorchStory } from '../notebooks/frameworks/pytorch-story.ts';
import type { Notebook } from '../notebooks/notebook.ts';
import { cellBelow, train } from '../training.ts';
import { replaceMachine } from './lost-machine.ts';

interface FileRun {
  readonly framework: string;
  readonly book: Notebook;
  readonly file: RegExp;
}

const runs: readonly FileRun[] = [
  {
    framework: 'Lightning, with the step in the name',
    book: lightningStory({ epochs: 12, pause: 4 }),
    file: /^epoch=\d+-step=\d+\.ckpt$/,
  },
  {
    framework: 'Keras, with the epoch in the name',
    book: kerasStory({
      epochs: 14,
      pause: 3,
      callback: 'keras.callbacks.ModelCheckpoint("checkpoints/model-{epoch:02d}.keras")',
    }),
    file: /^model-\d+\.keras$/,
  },
  {
    framework: 'a loop that writes over one file',
    book: pytorchStory({ epochs: 12, pause: 5 }, 'last.pt'),
    file: /^last\.pt$/,
  },
];

for (const { framework, book, file } of runs)
  test(
    `the machine is gone with its disk, one click puts the file back and runs to the end: ${framework}`,
    { tag: '@long' },
    async ({ open, folder, browserWithExtension }, testInfo) => {
      test.setTimeout(300_000);
      const notebook = await open(book);
      const popup = await train(notebook, browserWithExtension);
      await popup.says(/^Safe/, { timeoutMs: 90_000 });
      await popup.press(/^Keep copies$/);
      const line = popupOf(popup.page);
      const copies = async () => (await line.view()).home.copies;
      await expect
        .poll(copies, { timeout: 90_000 })
        .toContainEqual(expect.objectContaining({ name: expect.stringMatching(file), state: 'verified' }));
      const [kept] = await copies();
      const name = kept?.name ?? '';
      const { notebookId } = await line.view();
      await line.act({ kind: 'zip-copy', notebookId, copyId: kept?.id ?? '' });
      expect((await line.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
      expect(await downloaded(folder)).toEqual([`${name}.zip`]);
      expect(Object.keys(await hashesInZip(join(folder, `downloads/${name}.zip`)))).toEqual([name]);

      await notebook.save();
      await replaceMachine(notebook);
      await notebook.page.reload();
      await notebook.waitUntilReady();
      await popup.says(/^Gone/, { timeoutMs: 60_000 });
      const picture = () => popup.page.screenshot({ fullPage: true });
      await testInfo.attach('plan.png', { body: await picture(), contentType: 'image/png' });
      await popup.press(/^Recover from /);
      await popup.says(/^Finished/, { timeoutMs: 150_000 });
      await testInfo.attach('finished.png', { body: await picture(), contentType: 'image/png' });
      expect(await cellBelow(notebook)).toMatch(new RegExp(file.source.replace(/^\^|\$$/g, '')));
      expect(await ending(notebook)).toBe(await uninterruptedEnding(book));
    },
  );
