import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebSocketRoute } from '@playwright/test';
import { popupPage } from './extension/popup-page.ts';
import { expect, test } from './fixtures.ts';
import { loraStory, pacedStory } from './notebooks/lora-story.ts';
import { cellBelow, kill, reach, train } from './training.ts';

const story = loraStory(pacedStory);
const cellAfter = "print(f'trained for {trainer_stats.global_step} steps')";

test(
  'a kernel restarted by hand is not called dead',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const extension = await browserWithExtension.extension();
    await extension.recordNotifications();
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await notebook.fromKernelMenu('Restart Kernel…');
    await popup.says(/^Stopped at step \d+$/);
    await expect(popup.page.getByText(/^The kernel was restarted .*Safe: step \d+\./)).toBeVisible();
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    expect((await extension.recordedNotifications()).map(({ title }) => title)).toEqual([
      'The kernel was restarted: story.ipynb',
    ]);
    expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-\d+"/);
  },
);

test(
  'an interrupted cell leaves the kernel its variables: it goes on without setup',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await notebook.fromKernelMenu('Interrupt Kernel');
    await popup.says(/^Stopped at step \d+$/);
    await expect(
      popup.page.getByText('The training cell was interrupted. The kernel still has its variables.'),
    ).toBeVisible();
    expect(await cellBelow(notebook), 'nothing is inserted where nothing was lost').toBe(cellAfter);
    await popup.press(/^Resume from checkpoint-\d+/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  },
);

test(
  'a kernel that was shut down is said to be away until there is one again',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await notebook.fromKernelMenu('Shut Down Kernel');
    await popup.says(/^Stopped at step \d+$/);
    await expect(
      popup.page.getByText(/^The kernel was shut down .* No kernel is there yet\.$/),
    ).toBeVisible();
    expect(await cellBelow(notebook), 'nothing runs and nothing is inserted while no kernel is there').toBe(
      cellAfter,
    );
  },
);

test('a server that is killed is unreachable first, and restarted when it is there again', async ({
  open,
  browserWithExtension,
}) => {
  const notebook = await open(story);
  const extension = await browserWithExtension.extension();
  await extension.recordNotifications();
  const popup = await train(notebook, browserWithExtension);
  await reach(notebook, 70);
  await notebook.server.kill9();
  await popup.says(/^No answer from the server$/);
  expect(await extension.badgeText(notebook.page)).toBe('!');
  await notebook.server.restart();
  await popup.says(/^(Stopped at|Gone, last seen at) step \d+$/, { timeoutMs: 60_000 });
  await expect(
    popup.page.getByText(/^The server was restarted; noticed .* Its disk is still there\. Safe: step \d+\./),
  ).toBeVisible();
  await expect
    .poll(async () => (await extension.recordedNotifications()).map(({ title }) => title))
    .toEqual(['The server does not answer: story.ipynb', 'The server was restarted: story.ipynb']);
});

test(
  'a server that comes back without the folder is another machine, with an empty disk',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const extension = await browserWithExtension.extension();
    await extension.recordNotifications();
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await popup.says(/^Safe up to step \d+$/);
    await notebook.server.kill9();
    await popup.says(/^No answer from the server$/);
    await rm(join(notebook.folder, 'outputs'), { recursive: true });
    await notebook.server.restart();
    await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
    await expect(
      popup.page.getByText(
        /^The notebook has another machine now; .* The disk of the one before went with it\. No checkpoint is on the new disk\./,
      ),
    ).toBeVisible();
    expect(await extension.recordedNotifications()).toEqual([
      expect.objectContaining({ title: 'The server does not answer: story.ipynb' }),
      expect.objectContaining({
        title: 'The machine is gone: story.ipynb',
        message: expect.stringMatching(/^Last seen at step \d+\. Its disk, .* went with it\.$/),
      }),
    ]);
  },
);

test(
  'a page that loses its line to a kernel that lives is no alarm: the run goes on',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const lines: WebSocketRoute[] = [];
    const state = { cut: false };
    await browserWithExtension.context.routeWebSocket(/\/channels/, async (line) => {
      if (state.cut) return line.close();
      line.connectToServer();
      lines.push(line);
    });
    const notebook = await open(story);
    const extension = await browserWithExtension.extension();
    await extension.recordNotifications();
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    state.cut = true;
    for (const line of lines.splice(0)) await line.close();
    await expect(
      popup.page.getByText(/^This page lost its line .* The run goes on: the server answers/),
    ).toBeVisible();
    expect(await extension.badgeText(notebook.page)).toMatch(/^\d+%$/);
    state.cut = false;
    await expect(popup.page.getByText(/^This page lost its line/)).toBeHidden({ timeout: 60_000 });
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    await expect
      .poll(async () => (await extension.recordedNotifications()).map(({ title }) => title))
      .toEqual(['Finished: story.ipynb']);
  },
);

test(
  'a computer that goes offline is said to be so, and nothing else is claimed',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await browserWithExtension.context.setOffline(true);
    await expect(popup.page.getByText(/^This computer went offline .* The run may go on\.$/)).toBeVisible();
    await browserWithExtension.context.setOffline(false);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  },
);

test('a background that the browser ends in the midst loses nothing', async ({
  open,
  browserWithExtension,
}) => {
  const notebook = await open(story);
  const popup = await train(notebook, browserWithExtension);
  await reach(notebook, 70);
  await browserWithExtension.endBackground(popup.page);
  await reach(notebook, 120);
  await kill(notebook, popup);
  await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
  await browserWithExtension.endBackground(popup.page);
  await popup.page.reload();
  await popup.says(/^Stopped at step \d+$/);
  await browserWithExtension.endBackground(popup.page);
  await notebook.page.bringToFront();
  await popup.press(/Run setup and resume/);
  await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
});

test(
  'a page that is reloaded and a popup that is closed lose nothing',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const first = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await first.page.close();
    await notebook.page.reload();
    await notebook.page.locator('.jp-Notebook').waitFor();
    const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
    await notebook.page.bringToFront();
    await popup.says(/^Safe up to step \d+$/);
    // Only a page that has its kernel's line again can hear how it dies: then the step moves on.
    const step = async () => Number(/(\d+) of 400/.exec(await popup.page.locator('main').innerText())?.[1]);
    const before = await step();
    await expect.poll(step).toBeGreaterThan(before);
    await kill(notebook, popup);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  },
);
