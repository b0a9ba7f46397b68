import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { popupOf, tabOf } from '../../e2e/home/popup-line.ts';
import type { HomePopup } from '../../e2e/home/home-popup.ts';
import { openNotebook } from '../../e2e/jupyter/notebook-page.ts';
import type { JupyterServer } from '../../e2e/jupyter/server.ts';
import { code, notebook } from '../../e2e/notebooks/notebook.ts';
import { until } from '../../e2e/until.ts';
import type { PopupAction } from '../../src/protocol/popup-transport.ts';
import { beginJob, endOfJob, JOB_OVER, type TimedJob } from './time-job.ts';
import type { UnwatchedBrowser } from './unwatched-browser.ts';

/** A notebook in the browser over one line, and its popup. */
export interface OurExtension {
  /** Asks for a zip of a folder of the server, and waits until it is done. */
  zipFolder(path: string): Promise<TimedJob>;
  /** Keeps a checkpoint in this browser; the copy's name for the two below. */
  keep(name: string): Promise<string>;
  zipCopy(copyId: string): Promise<TimedJob>;
  removeCopy(copyId: string): Promise<void>;
}

/** The folder with the checkpoints, below the server's root. */
export const SAVED = 'saved';

/**
 * Checkpoints can be kept of a run only, so one is made that takes no time: the extension reads from this source where it
 * would save, and finds in that folder what the bench has put there.
 */
const briefRun = notebook(
  code(
    'training',
    `
class TrainingArguments:
    def __init__(self, output_dir): self.output_dir = output_dir

class Trainer:
    def __init__(self, args): self.args = args
    def train(self): print("nothing to do")

trainer = Trainer(args=TrainingArguments(output_dir="${SAVED}"))
trainer.train()
`,
  ),
);

/**
 * @param url Address of the server over the line, with a slash at the end.
 * @param name File name of a notebook that is made for it.
 */
export const openExtension = async (
  browser: UnwatchedBrowser,
  server: JupyterServer,
  url: string,
  name: string,
): Promise<OurExtension> => {
  await writeFile(join(server.rootDir, name), JSON.stringify(briefRun));
  const notebookUrl = (path: string) => server.notebookUrl(path).replace(server.url, url);
  const { address, notebookId } = await browser.visit(async (pages) => {
    const opened = await openNotebook(await pages.newPage(), { ...server, url, notebookUrl }, name);
    await opened.run(0);
    const page = await pages.openPopup(opened.page);
    return { address: page.url(), notebookId: (await popupOf(page).view()).notebookId };
  });
  const withPopup = <T>(what: (page: Page, popup: HomePopup) => Promise<T>): Promise<T> =>
    browser.visit(async ({ context }) => {
      const page = context.pages().find((each) => each.url() === address);
      if (page === undefined) throw new Error('the popup is gone');
      return what(page, popupOf(page));
    });
  const act = async (action: PopupAction): Promise<void> => {
    await withPopup((_page, popup) => popup.act(action));
  };
  const timedAction = async (action: PopupAction): Promise<TimedJob> => {
    await withPopup((page) => page.evaluate(beginJob, { tabId: tabOf(address), action }));
    await browser.titled(address, JOB_OVER, PATIENCE_MS);
    const timed = await withPopup((page) => page.evaluate(endOfJob));
    await act({ kind: 'dismiss-job', jobId: timed.jobId });
    if (timed.state.kind !== 'done') throw new Error(JSON.stringify(timed.state));
    return timed;
  };
  return {
    zipFolder: (path) => timedAction({ kind: 'zip-folder', notebookId, path }),
    keep: async (checkpoint) => {
      const names = [checkpoint];
      await withPopup((_page, popup) => until(`${checkpoint} to be seen`, () => knows(popup, checkpoint)));
      await timedAction({ kind: 'bring-home', notebookId, names, extent: 'everything', to: 'browser' });
      const [copy] = (await withPopup((_page, popup) => popup.view())).home.copies;
      if (copy === undefined) throw new Error('no copy was kept');
      return copy.id;
    },
    zipCopy: (copyId) => timedAction({ kind: 'zip-copy', notebookId, copyId }),
    removeCopy: (copyId) => act({ kind: 'remove-copy', notebookId, copyId }),
  };
};

/** 8 GB over the slowest line take eleven minutes. */
const PATIENCE_MS = 20 * 60_000;

const knows = async (popup: HomePopup, checkpoint: string): Promise<boolean> => {
  const { state } = await popup.view();
  return 'run' in state && state.run.checkpoints.some(({ name }) => name === checkpoint);
};
