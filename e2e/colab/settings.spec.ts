import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { expect, test } from './fixtures.ts';

const story = loraStory({ maxSteps: 60, saveSteps: 500, sequenceLength: 16 });
const training = indexOf(story, trainingCell);

test(
  'on Colab, too, one click sets how it saves: above the training cell, run by hand, undone by Undo',
  { tag: '@long' },
  async ({ openColab }) => {
    test.setTimeout(240_000);
    const colab = await openColab({ notebook: story });
    const popup = popupPage(await colab.browser.openPopup(colab.page));
    await popup.press(/^Change how it saves$/);
    await popup.press(/^Apply: The usual way$/);
    await expect(popup.page.getByText(/Run it, then the training cell\.$/)).toBeVisible();
    await colab.page.bringToFront();
    const saved = await colab.save();
    expect(saved).toHaveLength(story.cells.length + 1);
    expect(saved[training]?.source).toContain('trainer.args.save_steps = 10\n');
    expect(saved[training + 1]?.source).toContain('trainer.train()');
    await popup.press(/^Undo: The usual way$/);
    await expect(popup.page.getByRole('button', { name: /^Change how it saves$/ })).toBeVisible();
    expect((await colab.save()).map(({ source }) => source)).not.toContainEqual(
      expect.stringContaining('save_steps = 10'),
    );

    await popup.press(/^Apply: The usual way$/);
    await popup.says(/every 10 steps/);
    await colab.page.bringToFront();
    await colab.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await expect.poll(() => colab.output(training)).toContain('it will save every 10 steps. It keeps 3.');
    await colab.start(training + 1);
    await popup.says(/^Finished, step 60$/, { timeoutMs: 90_000 });
    const names = await readdir(join(colab.standIn.contentDir(), 'outputs'));
    expect(names.filter((name) => name.startsWith('checkpoint-')).toSorted()).toEqual([
      'checkpoint-40',
      'checkpoint-50',
      'checkpoint-60',
    ]);
  },
);
