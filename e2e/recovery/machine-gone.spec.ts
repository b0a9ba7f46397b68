import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { cellBelow, reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

/** Slow enough to be copied while it trains; the numbers are those of the story without a pause. */
const story = loraStory({ pause: 0.04 });

test('the machine is gone with its disk: one click puts the copy back and runs it to its end', async ({
  open,
  browserWithExtension,
}, testInfo) => {
  const notebook = await open(story);
  const popup = await train(notebook, browserWithExtension);
  await keepUpTo(popup, 400);
  await reach(notebook, 450);
  await notebook.save();
  await replaceMachine(notebook);
  await notebook.page.reload();
  await notebook.waitUntilReady();
  await popup.says(/^Gone, last seen at step 4[4-9]\d$/, { timeoutMs: 60_000 });
  await expect(popup.page.getByText(/Put checkpoint-400 back on the disk/)).toBeVisible();
  await testInfo.attach('plan.png', {
    body: await popup.page.screenshot({ fullPage: true }),
    contentType: 'image/png',
  });

  await popup.press(/^Recover from checkpoint-400/);
  await expect(popup.page.getByText(/^Resumed at step 40\d/)).toBeVisible({ timeout: 120_000 });
  await testInfo.attach('resumed.png', {
    body: await popup.page.screenshot({ fullPage: true }),
    contentType: 'image/png',
  });
  await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
  expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-400"/);
  await expectUninterrupted(join(notebook.folder, 'outputs/checkpoint-600'));
});
