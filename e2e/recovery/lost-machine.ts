import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PopupPage } from '../extension/popup-page.ts';
import { expect, type OpenNotebook } from '../fixtures.ts';
import type { Anew } from '../jupyter/server.ts';
import { popupOf } from '../home/popup-line.ts';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory, type Story } from '../notebooks/lora-story.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';

/** Says yes to copies, and waits until the one of this step is whole. */
export const keepUpTo = async (popup: PopupPage, step: number): Promise<void> => {
  await popup.says(/^Safe up to step \d+$/, { timeoutMs: 60_000 });
  await popup.press(/^Keep copies$/);
  await expect
    .poll(async () => (await popupOf(popup.page).view()).home.copies, { timeout: 120_000 })
    .toContainEqual(expect.objectContaining({ step, state: 'verified' }));
};

/** The machine is taken away with its disk, and another one is there under the same address, with the notebook on it. */
export const replaceMachine = async (
  { server, folder, kernelId }: OpenNotebook,
  anew: Anew = {},
): Promise<void> => {
  const book = await readFile(join(folder, 'story.ipynb'));
  const kernel = await kernelId();
  await server.kill9();
  // It may have seen by itself that its server is gone.
  await server.killKernel(kernel).catch(() => undefined);
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  await server.restart(anew);
  await writeFile(join(server.files(), 'story.ipynb'), book);
};

/**
 * The last checkpoint is what a run that nothing happened to would have written.
 *
 * @param changes Of the story, but for its pauses: the numbers are the same without.
 */
export const expectUninterrupted = async (
  checkpoint: string,
  changes: Partial<Story> = {},
): Promise<void> => {
  const reference = await uninterruptedRun(loraStory(changes));
  const { globalStep, adapterSha256, optimizerSha256 } = await digestCheckpoint(
    join(reference, 'outputs', basename(checkpoint)),
  );
  expect(await digestCheckpoint(checkpoint), 'weights and optimizer, byte for byte').toMatchObject({
    globalStep,
    adapterSha256,
    optimizerSha256,
  });
};
