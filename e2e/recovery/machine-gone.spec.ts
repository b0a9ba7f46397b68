import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { cellBelow, reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

const cases = [
  { tag: [], last: 150, every: 75, kept: 75, lostAfter: 90, pause: 0.15 },
  { tag: ['@long'], last: 600, every: 100, kept: 400, lostAfter: 450, pause: 0.06 },
];

for (const { tag, last, every, kept, lostAfter, pause } of cases)
  test(
    `the machine is gone with its disk: one click puts the copy back and runs it to its end, step ${last}`,
    { tag },
    async ({ open, browserWithExtension }, testInfo) => {
      if (last === 600) test.setTimeout(300_000);
      const length = { maxSteps: last, saveSteps: every };
      // Slow enough to be copied while it trains.
      const notebook = await open(loraStory({ ...length, pause }));
      const popup = await train(notebook, browserWithExtension);
      await keepUpTo(popup, kept);
      await reach(notebook, lostAfter);
      await notebook.save();
      await replaceMachine(notebook);
      await notebook.page.reload();
      await notebook.waitUntilReady();
      await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
      await expect(popup.page.getByText(`Put checkpoint-${kept} back on the disk`)).toBeVisible();
      const picture = () => popup.page.screenshot({ fullPage: true });
      await testInfo.attach('plan.png', { body: await picture(), contentType: 'image/png' });

      await popup.press(new RegExp(`^Recover from checkpoint-${kept}`));
      await expect(popup.page.getByText(/^Resumed at step \d+/)).toBeVisible({ timeout: 120_000 });
      await testInfo.attach('resumed.png', { body: await picture(), contentType: 'image/png' });
      await popup.says(new RegExp(`^Finished, step ${last}$`), { timeoutMs: 120_000 });
      expect(await cellBelow(notebook)).toContain(`resume_from_checkpoint="outputs/checkpoint-${kept}"`);
      await expectUninterrupted(join(notebook.folder, `outputs/checkpoint-${last}`), length);
    },
  );
