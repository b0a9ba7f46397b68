import type { CopyView } from '../../src/protocol/home-view.ts';
import { popupPage, type PopupPage } from '../extension/popup-page.ts';
import { expect, test } from '../fixtures.ts';
import { bestStory } from '../notebooks/best-story.ts';
import { train } from '../training.ts';
import { openBrokenLine, type BrokenLine } from './broken-line.ts';
import type { HomePopup } from './home-popup.ts';
import { openOverLine } from './over-line.ts';
import { popupOf } from './popup-line.ts';

const TOKENIZER = 'tokenizer.model';

const tokenizersAsked = (line: BrokenLine): readonly string[] =>
  line.asked().filter((path) => path.endsWith(TOKENIZER));

const kept = async (popup: HomePopup): Promise<readonly Pick<CopyView, 'name' | 'state'>[]> =>
  (await popup.view()).home.copies
    .map(({ name, state }) => ({ name, state }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));

const verified = (...steps: readonly number[]) =>
  steps.map((step) => ({ name: `checkpoint-${step}`, state: 'verified' }));

const sayYes = async (popup: PopupPage): Promise<void> => {
  await expect(popup.page.getByText('Keep a copy of each checkpoint in this browser?')).toBeVisible();
  await popup.press(/^Keep copies$/);
  await expect(popup.page.getByText('Keep a copy of each checkpoint in this browser?')).toHaveCount(0);
};

test('one yes: while it trains the newest and the best are kept, nothing before it and nothing twice', async ({
  startServer,
  folder,
  browserWithExtension,
}) => {
  const server = await startServer();
  await using line = await openBrokenLine(server.url);
  const book = bestStory({
    saveSteps: 30,
    scores: [0.9, 0.3, 0.5, 0.8, 0.4, 0.6],
    pause: 0.11,
    tokenizerBytes: 300_000,
  });
  const notebook = await openOverLine(book, server, line, folder, browserWithExtension);
  const popup = await train(notebook, browserWithExtension);
  await popup.says(/^Safe up to step 60$/, { timeoutMs: 60_000 });
  expect((await popupOf(popup.page).view()).home).toMatchObject({ jobs: [], copies: [] });
  expect(tokenizersAsked(line), 'before the yes').toEqual([]);

  await sayYes(popup);
  // One that will be neither among the newest nor the best: it has to go again.
  await expect(popup.page.getByText(/^Copy of checkpoint-(?:60|90|120) kept/)).toBeVisible();
  await popup.page.close();

  const again = popupPage(await browserWithExtension.openPopup(notebook.page));
  await again.says(/^Finished, step 180$/, { timeoutMs: 90_000 });
  await expect.poll(() => kept(popupOf(again.page)), { timeout: 60_000 }).toEqual(verified(30, 150, 180));
  expect(tokenizersAsked(line), 'the same file, asked for once').toHaveLength(1);
  await expect(again.page.getByText(/^Copy of checkpoint-180 kept .*MB$/)).toBeVisible();
  expect((await popupOf(again.page).view()).home.jobs, 'no card for any of them').toEqual([]);
});
