import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PopupPage } from '../extension/popup-page.ts';
import { expect, test, type OpenNotebook } from '../fixtures.ts';
import { popupOf } from '../home/popup-line.ts';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';
import { cellBelow, reach, train } from '../training.ts';

/** Slow enough to be copied while it trains; the numbers are those of the story without a pause. */
const story = loraStory({ pause: 0.04 });

/** Says yes to copies, and waits until the one of this step is whole. */
const keepUpTo = async (popup: PopupPage, step: number): Promise<void> => {
  await popup.says(/^Safe up to step \d+$/, { timeoutMs: 60_000 });
  await popup.press(/^Keep copies$/);
  await expect
    .poll(async () => (await popupOf(popup.page).view()).home.copies, { timeout: 120_000 })
    .toContainEqual(expect.objectContaining({ step, state: 'verified' }));
};

/** The machine is taken away with its disk, and another one is there under the same address, with the notebook on it. */
const replaceMachine = async ({ server, folder, kernelId }: OpenNotebook): Promise<void> => {
  const book = await readFile(join(folder, 'story.ipynb'));
  const kernel = await kernelId();
  await server.kill9();
  await server.killKernel(kernel);
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(join(folder, 'story.ipynb'), book);
  await server.restart();
};

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
  const resumed = await digestCheckpoint(join(notebook.folder, 'outputs/checkpoint-600'));
  const { globalStep, adapterSha256, optimizerSha256 } = await digestCheckpoint(
    join(await uninterruptedRun(loraStory()), 'outputs/checkpoint-600'),
  );
  expect(resumed, 'weights and optimizer, byte for byte').toMatchObject({
    globalStep,
    adapterSha256,
    optimizerSha256,
  });
});
