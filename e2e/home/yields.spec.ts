import type { JobView } from '../../src/protocol/home-view.ts';
import type { KeepingView } from '../../src/protocol/keeping-view.ts';
import { expect, test } from '../fixtures.ts';
import { savingRun } from '../notebooks/saving-run.ts';
import { train } from '../training.ts';
import { until } from '../until.ts';
import type { HomePopup } from './home-popup.ts';
import { limitRoom, MB } from './fixtures.ts';
import { popupOf } from './popup-line.ts';

type On = Extract<KeepingView, { kind: 'on' }>;

const on = async (popup: HomePopup): Promise<On> => {
  const { keeping } = await popup.view();
  if (keeping.kind !== 'on') throw new Error(`copies are ${keeping.kind}`);
  return keeping;
};

const choose = async (popup: HomePopup, mostBytesPerSecond: number | null, paused = false): Promise<void> => {
  const { notebookId } = await popup.view();
  const choice = { extent: 'everything', paused, mostBytesPerSecond } as const;
  expect(await popup.act({ kind: 'change-keeping', notebookId, on: true, ...choice })).toEqual({
    kind: 'done',
  });
};

const shareOf = async (popup: HomePopup): Promise<number | false> =>
  (await on(popup)).underWay?.share ?? false;

test(
  'a copy made by itself keeps to its limit, rests when told, and stands back for what the user asks for',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(savingRun({ saves: 12, secondsBetween: 10, megabytes: 40, kept: 12 }));
    const { page } = await train(notebook, browserWithExtension);
    const popup = popupOf(page);
    await until('the question', async () => (await popup.view()).keeping.kind === 'offer');
    await choose(popup, 2 * MB);

    const first = await until('a beginning', () => shareOf(popup));
    const begun = Date.now();
    await page.waitForTimeout(5000); // the pace is taken over that long
    const share = await shareOf(popup);
    const bytesPerSecond = ((Number(share) - first) * 40 * MB * 1000) / (Date.now() - begun);
    expect(bytesPerSecond).toBeGreaterThan(1 * MB);
    expect(bytesPerSecond).toBeLessThan(2.6 * MB);

    await choose(popup, 2 * MB, true);
    await expect.poll(async () => (await on(popup)).underWay).toBe(null);
    await page.waitForTimeout(2000); // nothing is to happen meanwhile
    expect((await popup.view()).home.copies, 'what is here of it stays').toMatchObject([
      { state: 'unfinished' },
    ]);
    await choose(popup, 2 * MB);
    const after = await until('going on', () => shareOf(popup));
    expect(after, 'from where it was').toBeGreaterThanOrEqual(Number(share) - 0.01);

    const { notebookId, state } = await popup.view();
    const run = state.kind === 'training' ? state.run : null;
    const wanted = run?.checkpoints.find(({ integrity }) => integrity.kind === 'complete')?.name ?? '';
    const item = {
      kind: 'bring-home',
      notebookId,
      names: [wanted],
      extent: 'everything',
      to: 'browser',
    } as const;
    await popup.act(item);
    await expect.poll(async () => (await on(popup)).underWay?.state).toBe('behind');
    const ended: JobView = await popup.ended(15_000);
    expect(ended.state).toMatchObject({ kind: 'done', checked: 'verified' });
    await expect.poll(async () => (await on(popup)).underWay?.state).toBe('copying');

    await choose(popup, null);
    await until('copies at its own pace', async () => (await on(popup)).last !== null, { timeoutMs: 60_000 });
    await expect
      .poll(async () => (await popup.view()).home.copies.some(({ name }) => name === 'checkpoint-120'), {
        timeout: 150_000,
      })
      .toBe(true);
    await expect.poll(async () => (await on(popup)).last?.name, { timeout: 60_000 }).toBe('checkpoint-120');
    const { copies } = (await popup.view()).home;
    expect(copies.map(({ name }) => name)).toContain(wanted);
    expect(copies.filter(({ name }) => name !== wanted).map(({ name }) => name)).toEqual([
      'checkpoint-120',
      'checkpoint-110',
    ]);
  },
);

test(
  'without room it says so in one line, nags with nothing, and goes on when there is room again',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(savingRun({ saves: 6, secondsBetween: 8, megabytes: 40, kept: 3 }));
    const popupPage = await train(notebook, browserWithExtension);
    const popup = popupOf(popupPage.page);
    await until('the question', async () => (await popup.view()).keeping.kind === 'offer');
    await limitRoom(popupPage.page, 30 * MB);
    await popupPage.press(/^Keep copies$/);
    await expect(
      popupPage.page.getByText(/^checkpoint-\d+ was not kept\. This browser has no room for it/),
    ).toBeVisible();
    expect((await popup.view()).home.jobs).toEqual([]);
    await limitRoom(popupPage.page, null);
    await expect(popupPage.page.getByText(/^Copy of checkpoint-\d+ kept/)).toBeVisible({ timeout: 60_000 });
  },
);
