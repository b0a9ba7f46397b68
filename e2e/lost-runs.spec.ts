import { access, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type OpenNotebook } from './fixtures.ts';
import { openNotebook } from './jupyter/notebook-page.ts';
import { hostileOutputDir, hostileStory } from './notebooks/hostile.ts';
import { loraStory, pacedStory, trainingCell } from './notebooks/lora-story.ts';
import { indexOf } from './notebooks/notebook.ts';
import { shellScriptStory } from './notebooks/shell-script.ts';
import { cellBelow, kill, reach, train } from './training.ts';

test('a newest checkpoint that is cut short is passed over, and the popup says why', async ({
  open,
  browserWithExtension,
}) => {
  const story = loraStory(pacedStory);
  const notebook = await open(story);
  const popup = await train(notebook, browserWithExtension);
  await notebook.waitForStep(indexOf(story, trainingCell), 170);
  // The write that the kernel's death cut off.
  await notebook.server.killKernel(await notebook.kernelId());
  await truncate(join(notebook.folder, 'outputs/checkpoint-150/optimizer.pt'), 20_000);
  await popup.says(/^Stopped at step \d+$/);
  await notebook.dismissKernelRestarting();
  await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
  expect(await cellBelow(notebook)).toContain('resume_from_checkpoint="outputs/checkpoint-100"');
  await popup.press(/^Why\? checkpoint-150$/);
  await expect(popup.page.getByText(/optimizer\.pt/).first()).toBeVisible();
});

test(
  'of a folder that the server does not show nothing is claimed',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'holdfast-elsewhere-'));
    try {
      const notebook = await open(loraStory({ ...pacedStory, outputDir: elsewhere }));
      const extension = await browserWithExtension.extension();
      await extension.recordNotifications();
      const popup = await train(notebook, browserWithExtension);
      await reach(notebook, 70);
      await popup.says(/^What is saved is not known$/);
      await kill(notebook, popup);
      await expect(
        popup.page.getByText(/What was saved is not known: the folder could not be looked at\./),
      ).toBeVisible();
      await expect(popup.page.getByText('No whole checkpoint is known to resume from.')).toBeVisible();
      expect((await extension.recordedNotifications()).map(({ message }) => message)).toEqual([
        expect.stringMatching(/^Last seen at step \d+\. What was saved is not known\.$/),
      ]);
      expect(await cellBelow(notebook)).toBe("print(f'trained for {trainer_stats.global_step} steps')");
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  },
);

test(
  'a folder with spaces, quotes and foreign letters is watched and resumed from',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const story = hostileStory(pacedStory);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await notebook.waitForStep(indexOf(story, trainingCell), 120);
    await kill(notebook, popup);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    expect(await cellBelow(notebook)).toContain('checkpoint-100');
    await access(join(notebook.folder, hostileOutputDir, 'checkpoint-400'));
  },
);

test(
  'a script started from a cell is seen, and resumed by its own flag',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const story = shellScriptStory({ maxSteps: 600, saveSteps: 100 });
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await notebook.waitForStep(indexOf(story, trainingCell), 120);
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    expect(await cellBelow(notebook)).toMatch(
      /!python train\.py --resume_from_checkpoint \S*outputs\/checkpoint-\d+/,
    );
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
  },
);

test(
  'the page says that a cell was inserted, and takes a click of a person only',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const story = loraStory(pacedStory);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await kill(notebook, popup);
    const toast = notebook.page.locator('holdfast-toast');
    await expect(toast).toBeAttached();
    expect(await toast.evaluate((host) => host.shadowRoot), 'the page cannot reach in').toBe(null);
    await notebook.page.keyboard.press('Escape');
    // The closed shadow root hides the button from here too: it stands in the corner of a window of 1280 by 900.
    await notebook.page.mouse.click(930, 822);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    await expect(toast).toHaveCount(0);
  },
);

test(
  'undo takes the cell away and it is not put back by itself',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const story = loraStory(pacedStory);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await notebook.waitForStep(indexOf(story, trainingCell), 70);
    await kill(notebook, popup);
    await popup.press(/^Undo/);
    await expect
      .poll(() => cellBelow(notebook))
      .toBe("print(f'trained for {trainer_stats.global_step} steps')");
  },
);

test(
  'two notebooks train at once and each is told by itself',
  { tag: '@long' },
  async ({ open, browserWithExtension, folder }) => {
    const first = loraStory({ ...pacedStory, outputDir: 'first', maxSteps: 2000 });
    const second = loraStory({ ...pacedStory, outputDir: 'second', maxSteps: 2000 });
    const one = await open(first, { name: 'one.ipynb' });
    await writeFile(join(folder, 'two.ipynb'), JSON.stringify(second));
    const page = await browserWithExtension.context.newPage();
    const two: OpenNotebook = {
      ...(await openNotebook(page, one.server, 'two.ipynb')),
      server: one.server,
      notebook: second,
      folder,
    };
    const popupOfOne = await train(one, browserWithExtension);
    await page.bringToFront();
    const popupOfTwo = await train(two, browserWithExtension);
    await two.waitForStep(indexOf(second, trainingCell), 70);
    await one.page.bringToFront();
    await kill(one, popupOfOne);
    await expect(popupOfOne.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    expect(await cellBelow(one)).toMatch(/resume_from_checkpoint="first\/checkpoint-\d+"/);
    await popupOfTwo.says(/^Safe up to step \d+$/);
  },
);
