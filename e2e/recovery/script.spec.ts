import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PopupPage } from '../extension/popup-page.ts';
import { expect, test, type OpenNotebook } from '../fixtures.ts';
import { shellScriptStory } from '../notebooks/shell-script.ts';
import { cellBelow, reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

const paced = { pause: 0.06 };

/** A copy of step 200 is here when the machine goes, and the popup offers to put it back. */
const loseMachine = async (notebook: OpenNotebook, popup: PopupPage): Promise<void> => {
  await keepUpTo(popup, 200);
  await reach(notebook, 250);
  await notebook.save();
  await replaceMachine(notebook);
  await notebook.page.reload();
  await notebook.waitUntilReady();
  await popup.says(/^Gone, last seen at step 2[4-9]\d$/, { timeoutMs: 60_000 });
  await expect(popup.page.getByText(/Put checkpoint-200 back on the disk/)).toBeVisible();
};

test(
  'the machine of a script is gone: the copy is put back, and the script resumes by its own flag',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(shellScriptStory(paced));
    const popup = await train(notebook, browserWithExtension);
    await loseMachine(notebook, popup);
    await popup.press(/^Recover from checkpoint-200/);
    await expect(popup.page.getByText(/^Resumed at step 20\d/)).toBeVisible({ timeout: 120_000 });
    await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
    expect(await cellBelow(notebook)).toMatch(
      /!python train\.py --resume_from_checkpoint \S*outputs\/checkpoint-200$/,
    );
    await expectUninterrupted(join(notebook.folder, 'outputs/checkpoint-600'));
  },
);

test(
  'the machine of a script that cannot resume is gone: that it cannot is said before, and the copy is put back',
  { tag: '@long' },
  async ({ open, browserWithExtension }, testInfo) => {
    const story = shellScriptStory(paced, 'python train.py', false);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await loseMachine(notebook, popup);
    await expect(popup.page.getByText(/^Holdfast knows no option of this script to resume/)).toBeVisible();
    await expect(popup.page.getByText(/^You run the script so that it resumes from check/)).toBeVisible();
    await expect(popup.page.getByText(/Insert the resume cell/)).toBeHidden();
    await testInfo.attach('said.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    await popup.press(/^Put checkpoint-200 back/);
    const sentence = popup.page.getByText(/^Holdfast knows no option of the training script to resume/);
    await expect(sentence).toBeVisible({ timeout: 60_000 });
    await expect(popup.page.getByText(/Safe: step 200\./)).toBeVisible();
    await access(join(notebook.folder, 'outputs/checkpoint-200/optimizer.pt'));
    await access(join(notebook.folder, 'train.py'));
    expect((await notebook.save()).map(({ id }) => id)).toEqual(story.cells.map(({ id }) => id));
    const saved = await readdir(join(notebook.folder, 'outputs'));
    expect(
      saved.filter((name) => name.startsWith('checkpoint-')),
      'nothing was trained',
    ).toEqual(['checkpoint-200']);

    await popup.says(/^Gone, last seen at step 2[4-9]\d$/);
    await testInfo.attach('after.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
  },
);
