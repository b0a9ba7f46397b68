import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { expect, test, type OpenColab } from './fixtures.ts';
import { trainOnColab } from './training.ts';

/** Slow enough for the looks at the folder, which are ten seconds apart on Colab. */
const paced = { ...pacedStory, saveSteps: 100, pause: 0.08 };
const story = loraStory({ ...paced, maxSteps: 300 });
/** Goes on until somebody has looked, however late. */
const longStory = loraStory({ ...paced, maxSteps: 1200 });
const training = indexOf(story, trainingCell);
const untouched = story.cells.map(({ id }) => id);

const cellIds = async (colab: OpenColab) => (await colab.save()).map(({ id }) => id);

/** What the user clicked in these tests; whatever else is clicked, the extension did it. */
const userClicks = ['menu-runbefore', 'run'];
const clickTargets = async (colab: OpenColab) => (await colab.standIn.clicks()).map(({ target }) => target);

test('the machine ends while the page looks alive: silence, then no runtime, then another machine', async ({
  openColab,
}) => {
  const colab = await openColab({ notebook: longStory });
  const { popup, notifications } = await trainOnColab(colab);
  // Only a folder that was seen with something in it can be told to be gone.
  await expect(popup.page.getByText('checkpoint-100', { exact: true })).toBeVisible({ timeout: 60_000 });
  await colab.standIn.endServerSide({ looksAliveMs: 6_000 });
  await popup.says(/^No answer from the server$/);
  await popup.says(/^The notebook has no runtime$/);
  await expect(popup.page.getByText(/Connect it again: only then it shows whether/)).toBeVisible();
  expect(await clickTargets(colab), 'nothing is clicked for the user').toEqual(userClicks);
  colab.standIn.nextConnectGives('new');
  await colab.connect();
  await popup.says(/^Gone, last seen at step \d+$/);
  await expect(
    popup.page.getByText(/has another machine now.* The disk of the one before went with it/),
  ).toBeVisible();
  await expect(popup.page.getByRole('button', { name: /^Look again/ })).toBeVisible();
  expect(await cellIds(colab), 'no cell is inserted where there is nothing to resume from').toEqual(
    untouched,
  );
  await expect
    .poll(async () => (await notifications()).map(({ title }) => title))
    .toEqual([
      'The server does not answer: story.ipynb',
      'The runtime is disconnected: story.ipynb',
      'The machine is gone: story.ipynb',
    ]);
});

test(
  'a crashed kernel on a machine that lives, a disconnect after it, and the same machine again',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: story });
    const { popup, notifications } = await trainOnColab(colab);
    await colab.waitForStep(training, 120);
    await colab.standIn.kernelCrash();
    await popup.says(/^Stopped at step 1\d\d$/);
    await expect(popup.page.getByText(/^The kernel died .* Safe: step \d+\./)).toBeVisible();
    await popup.page.getByRole('button', { name: /Run setup and resume/ }).waitFor();
    await expect.poll(notifications).toEqual([
      expect.objectContaining({
        title: 'The kernel died: story.ipynb',
        message: expect.stringMatching(/^Stopped at step 1\d\d\. Safe: checkpoint-100\.$/),
      }),
    ]);
    await colab.standIn.idleDisconnect();
    await expect(popup.page.getByText(/^The notebook has no runtime at the moment/)).toBeVisible();
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeHidden();
    colab.standIn.nextConnectGives('same');
    await colab.reconnect();
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 300$/, { timeoutMs: 120_000 });
    const titles = async () => (await notifications()).map(({ title }) => title);
    await expect
      .poll(titles, 'a disconnect after the loss is no second alarm')
      .toEqual(['The kernel died: story.ipynb', 'Finished: story.ipynb']);
  },
);

test(
  'without network for a while nothing is claimed to be lost, and the run is seen to go on',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: loraStory(paced) });
    const { popup, notifications } = await trainOnColab(colab);
    await colab.waitForStep(training, 60);
    const back = colab.standIn.networkGone(8_000);
    await popup.says(/^No answer from the server$/);
    await back;
    await popup.says(/^Safe up to step \d+$/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    expect(await cellIds(colab)).toEqual(untouched);
    await expect
      .poll(async () => (await notifications()).map(({ title }) => title))
      .toEqual(['The server does not answer: story.ipynb', 'Finished: story.ipynb']);
  },
);

test(
  'a run that saves to a mounted Drive outlives its machine: once it is mounted again, one click resumes it',
  { tag: '@long' },
  async ({ openColab }) => {
    const drive = await mkdtemp(join(tmpdir(), 'holdfast-drive-'));
    try {
      const onDrive = loraStory({ ...paced, maxSteps: 300, outputDir: 'drive/outputs' });
      const colab = await openColab({ notebook: onDrive });
      const mount = () => symlink(drive, join(colab.standIn.contentDir(), 'drive'));
      await colab.run(1);
      await mount();
      const { popup } = await trainOnColab(colab);
      await popup.says(/^Safe up to step 100$/, { timeoutMs: 60_000 });
      await colab.standIn.endServerSide({ looksAliveMs: 0 });
      await popup.says(/^The notebook has no runtime$/);
      colab.standIn.nextConnectGives('new');
      await colab.connect();
      await expect(popup.page.getByText(/The disk of the one before went with it/)).toBeVisible();
      await mount();
      await popup.press(/^Look again/);
      await expect(
        popup.page.getByText(/The run's folder is there again: .*\. Safe: step 100\./),
      ).toBeVisible();
      await popup.press(/Run setup and resume/);
      await popup.says(/^Finished, step 300$/, { timeoutMs: 120_000 });
    } finally {
      await rm(drive, { recursive: true, force: true });
    }
  },
);

test('a usage limit takes the machine with its disk', { tag: '@long' }, async ({ openColab }) => {
  const colab = await openColab({ notebook: story });
  const { popup } = await trainOnColab(colab);
  await colab.waitForStep(training, 60);
  await colab.standIn.usageLimit();
  await popup.says(/^The notebook has no runtime$/);
  await expect(colab.dialog).toBeVisible();
  await colab.standIn.reconnect({ vm: 'new' });
  await popup.says(/^Gone, last seen at step \d+$/);
  expect(await clickTargets(colab)).toEqual(userClicks);
});

test('a captcha is left to the user, who is told of it', { tag: '@long' }, async ({ openColab }) => {
  const colab = await openColab({ notebook: loraStory(paced) });
  const { popup, notifications } = await trainOnColab(colab);
  const extension = await colab.browser.extension();
  await colab.waitForStep(training, 60);
  await colab.standIn.captcha();
  await popup.says(/^Colab asks for a person$/);
  await expect.poll(() => extension.badgeText(colab.page)).toBe('!');
  await expect.poll(notifications).toEqual([
    expect.objectContaining({
      title: 'Colab asks for you: story.ipynb',
      message: expect.stringMatching(/^Answer it in the notebook's tab, .* at step \d+; /),
    }),
  ]);
  expect(await clickTargets(colab)).toEqual(userClicks);
  await colab.page.locator('colab-recaptcha-dialog #recaptcha-anchor').click();
  await popup.says(/^Safe up to step \d+$/);
  await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
});

test('a finished run whose machine is taken is not called safe', async ({ openColab }) => {
  const short = loraStory({ ...pacedStory, maxSteps: 100 });
  const colab = await openColab({ notebook: short });
  const { popup } = await trainOnColab(colab);
  await popup.says(/^Finished, step 100$/);
  await expect(popup.page.getByText('Everything is saved.')).toBeVisible();
  await colab.standIn.endServerSide({ looksAliveMs: 0 });
  await expect(popup.page.getByText(/^The notebook has no runtime at the moment/)).toBeVisible();
  await colab.standIn.reconnect({ vm: 'new' });
  await popup.says(/^Finished, but its machine is gone$/);
});

test(
  'tokens that stop working are asked for anew, and the checkpoints go on being seen',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: loraStory(paced), xssiPrefix: true });
    const { popup } = await trainOnColab(colab);
    await popup.says(/^Safe up to step 100$/, { timeoutMs: 60_000 });
    colab.standIn.expireTokens();
    await popup.says(/^Safe up to step [23]00$/, { timeoutMs: 60_000 });
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  },
);

test(
  'an idle notebook that is let go gives no alarm, and its dialog is left alone',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: story, oldDialogTags: true });
    const extension = await colab.browser.extension();
    await extension.recordNotifications();
    await colab.run(1);
    const popup = popupPage(await colab.browser.openPopup(colab.page));
    await colab.standIn.idleDisconnect();
    await expect(popup.page.getByText(/^The notebook has no runtime at the moment/)).toBeVisible();
    await expect(colab.dialog).toBeVisible();
    expect(await extension.recordedNotifications()).toEqual([]);
    expect(await clickTargets(colab)).toEqual(['run']);
  },
);
