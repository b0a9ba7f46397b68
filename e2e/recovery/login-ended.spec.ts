import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { ballast, withBallast } from '../notebooks/ballast.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { reach, train } from '../training.ts';
import { until } from '../until.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

const MB = 1_000_000;
const length = { maxSteps: 150, saveSteps: 75 };
const story = withBallast(loraStory({ ...length, pause: 0.4 }), 120 * MB);

test(
  'a login that ends in the midst of a recovery is waited for: the user logs in again, and it goes on where it was',
  { tag: '@long' },
  async ({ open, browserWithExtension }, testInfo) => {
    test.setTimeout(300_000);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await keepUpTo(popup, 75);
    await reach(notebook, 90);
    await notebook.save();
    await replaceMachine(notebook);
    await notebook.page.reload();
    await notebook.waitUntilReady();
    await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
    await popup.press(/^Recover from checkpoint-75/);

    const part = join(notebook.folder, `outputs/restoring.checkpoint-75.holdfast-part/${ballast}`);
    const size = () =>
      stat(part).then(
        (file) => file.size,
        () => 0,
      );
    await until('some pieces of the large file', async () => (await size()) > 8 * MB, { intervalMs: 5 });
    await notebook.server.kill9();
    const arrived = await size();
    expect(arrived, 'it was in the midst').toBeLessThan(120 * MB);
    await notebook.server.restart({ login: 'ended' });

    await popup.says(/^Putting checkpoint-75 back$/);
    await expect(
      popup.page.getByText(/Signed out of the server\. Sign in again in the notebook's tab/),
    ).toBeVisible({
      timeout: 60_000,
    });
    const picture = () => popup.page.screenshot({ fullPage: true });
    await testInfo.attach('signed-out.png', { body: await picture(), contentType: 'image/png' });
    expect(await size(), 'what has arrived stays').toBe(arrived);

    await notebook.page.goto(notebook.server.notebookUrl(notebook.path));
    await notebook.waitUntilReady();
    // It ran beside the copy, in a kernel that ended with its server.
    await popup.says(/^Setup cell 1 of \d failed$/, { timeoutMs: 60_000 });
    await popup.press(/^Try this step again/);
    await popup.says(/^Finished, step 150$/, { timeoutMs: 150_000 });
    await expectUninterrupted(join(notebook.folder, 'outputs/checkpoint-150'), length);
  },
);
