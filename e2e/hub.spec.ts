import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { openThroughHub, startServer } from './jupyter/hub-page.ts';
import { startHub } from './jupyter/hub.ts';
import { loraStory, pacedStory } from './notebooks/lora-story.ts';
import { expectUninterrupted } from './recovery/lost-machine.ts';
import { cellBelow, reach, train } from './training.ts';

const length = { maxSteps: 600, saveSteps: 50, sequenceLength: 16 };
const story = loraStory({ ...pacedStory, ...length });

test(
  'a hub that stops the server in mid-run: the disk stays, and one click after the next start runs it to its end',
  { tag: '@long' },
  async ({ folder, browserWithExtension }, testInfo) => {
    test.setTimeout(300_000);
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story));
    await using hub = await startHub({ user: 'ada', rootDir: folder });
    const page = await browserWithExtension.newPage();
    const notebook = { ...(await openThroughHub(page, hub, 'story.ipynb')), notebook: story };
    const extension = await browserWithExtension.extension();
    await extension.recordNotifications();
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 100);
    await popup.says(/^Safe up to step 1\d0$/);

    await hub.stopServer();
    await popup.says(/^Gone, last seen at step [12]\d\d$/);
    await expect(
      popup.page.getByText(
        /^JupyterHub stopped the server; .*Its disk normally stays\. .* step [12][05]0\. Start the server again/,
      ),
    ).toBeVisible();
    expect(await extension.badgeText(page)).toBe('!');
    await expect
      .poll(() => extension.recordedNotifications())
      .toEqual([
        expect.objectContaining({
          title: 'JupyterHub stopped the server: story.ipynb',
          message: expect.stringMatching(
            /^Last seen at step [12]\d\d\. The disk normally stays, with checkpoint-[12][05]0\. Start the server again/,
          ),
        }),
      ]);
    await testInfo.attach('stopped.png', { body: await popup.page.screenshot(), contentType: 'image/png' });

    await page.bringToFront();
    await page.reload();
    await startServer(page);
    await notebook.waitUntilReady();
    await expect(
      popup.page.getByText(
        /^JupyterHub stopped the server; .* Its disk is still there\. Safe: step [12][05]0\./,
      ),
    ).toBeVisible();
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
    expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-[12][05]0"/);
    await expectUninterrupted(join(folder, 'outputs/checkpoint-600'), length);
    await testInfo.attach('hub.log', { body: await hub.log(), contentType: 'text/plain' });
  },
);
