import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HomePopup } from '../../e2e/home/home-popup.ts';
import { popupOf } from '../../e2e/home/popup-line.ts';
import { notebookPage, openNotebook, type NotebookPage } from '../../e2e/jupyter/notebook-page.ts';
import { trainingCell } from '../../e2e/notebooks/lora-story.ts';
import { indexOf } from '../../e2e/notebooks/notebook.ts';
import { until } from '../../e2e/until.ts';
import { launchUnwatched } from '../zip/unwatched-browser.ts';
import { NOTEBOOK, type Machine } from './machine.ts';
import { recovered, type Recovered } from './step-times.ts';
import { CHECKPOINT } from './story.ts';

/** The notebook and its popup in a browser with the built extension, which nobody watches unless something is done in it. */
export interface OurSide extends AsyncDisposable {
  readonly version: string;
  /** Attaches, does something in the popup, and lets go. */
  inPopup<T>(what: (popup: HomePopup) => Promise<T>): Promise<T>;
  /** Saves the notebook. */
  save(): Promise<void>;
  /** After another machine has come: opens the page anew, until a recovery is offered that puts the copy back. */
  comeBack(): Promise<void>;
  /** Clicks "Recover from …", and waits for the first new step. */
  recover(): Promise<Recovered>;
}

interface Opened {
  readonly notebook: NotebookPage;
  readonly page: Page;
  readonly popup: HomePopup;
}

/** Opens the notebook of a machine, and trains until its checkpoint is seen to be whole. */
export const openOurSide = async (machine: Machine): Promise<OurSide> => {
  const { server } = machine;
  const downloads = join(machine.home, 'downloads');
  await mkdir(downloads);
  const browser = await launchUnwatched(join(machine.home, 'profile'), {
    withExtension: true,
    downloadsTo: downloads,
  });
  const begun = await browser.visit(async (pages) => {
    const notebook = await openNotebook(await pages.newPage(), server, NOTEBOOK);
    const training = indexOf(machine.notebook, trainingCell);
    await notebook.runAllAbove(training, { timeoutMs: 120_000 });
    const popup = await pages.openPopup(notebook.page);
    await notebook.page.bringToFront();
    await notebook.start(training);
    await until(`${CHECKPOINT} to be whole`, () => isWhole(popupOf(popup)), { timeoutMs: 120_000 });
    return { address: popup.url(), version: pages.context.browser()?.version() ?? '' };
  });
  const { address, version } = begun;
  const visit = <T>(what: (opened: Opened) => Promise<T>): Promise<T> =>
    browser.visit(async ({ context }) => {
      const page = context.pages().find((each) => each.url() === address);
      const shown = context.pages().find((each) => each.url().includes(NOTEBOOK));
      if (page === undefined || shown === undefined) throw new Error('a page is gone');
      return what({ page, popup: popupOf(page), notebook: notebookPage(shown, server, NOTEBOOK) });
    });
  return {
    version,
    inPopup: (what) => visit(({ popup }) => what(popup)),
    save: () =>
      visit(async ({ notebook }) => {
        await notebook.page.bringToFront();
        await notebook.save();
      }),
    comeBack: () =>
      visit(async ({ notebook, popup }) => {
        await notebook.page.reload();
        await notebook.waitUntilReady();
        await until('a recovery to be offered', () => isOffered(popup), { timeoutMs: 60_000 });
        // A popup lies over its notebook, which is seen as before; a page that is hidden would be slowed down.
        await notebook.page.bringToFront();
      }),
    async recover() {
      await visit(({ page }) => page.evaluate(clickRecover));
      const clickedAt = Number(await browser.titled(address, CLICKED_AT, 20_000)) / 1000;
      const times = await recovered(clickedAt, server.rootDir);
      await visit(({ popup }) => until('the end of the recovery', () => isOver(popup)));
      return times;
    },
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  };
};

/** What the title of the popup's page begins with after the click; then milliseconds since the epoch. */
const CLICKED_AT = 'Clicked at ';

/** Runs in the popup's page: clicks a second later, when who asked has let go of the page. */
const clickRecover = (): void => {
  document.title = 'About to click';
  setTimeout(() => {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find(({ textContent }) => textContent.startsWith('Recover from'));
    document.title = `Clicked at ${button === undefined ? Number.NaN : Date.now()}`;
    button?.click();
  }, 1000);
};

const isWhole = async (popup: HomePopup): Promise<boolean> => {
  const { state } = await popup.view();
  return (
    'run' in state &&
    state.run.checkpoints.some(({ name, integrity }) => name === CHECKPOINT && integrity.kind === 'complete')
  );
};

const isOffered = async (popup: HomePopup): Promise<boolean> => {
  const { state } = await popup.view();
  return (
    state.kind === 'lost' &&
    state.loss.kernel === 'back' &&
    state.resume.from?.name === CHECKPOINT &&
    state.resume.restores.length > 0
  );
};

const isOver = async (popup: HomePopup): Promise<boolean> => {
  const { state } = await popup.view();
  if (state.kind === 'recovering' && state.status !== 'running') throw new Error(JSON.stringify(state.steps));
  return state.kind === 'training';
};
