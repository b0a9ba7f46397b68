import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HoldfastBrowser } from '../../e2e/extension/browser.ts';
import { popupOf, tabOf } from '../../e2e/home/popup-line.ts';
import type { HomePopup } from '../../e2e/home/home-popup.ts';
import { openNotebook } from '../../e2e/jupyter/notebook-page.ts';
import type { JupyterServer } from '../../e2e/jupyter/server.ts';
import { code, notebook } from '../../e2e/notebooks/notebook.ts';
import { until } from '../../e2e/until.ts';
import type { PopupAction } from '../../src/protocol/popup-transport.ts';
import { timeJob, type TimedJob } from './time-job.ts';

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
  browser: HoldfastBrowser,
  server: JupyterServer,
  url: string,
  name: string,
): Promise<OurExtension> => {
  await writeFile(join(server.rootDir, name), JSON.stringify(briefRun));
  const notebookUrl = (path: string) => server.notebookUrl(path).replace(server.url, url);
  const opened = await openNotebook(await browser.newPage(), { ...server, url, notebookUrl }, name);
  const page = await browser.openPopup(opened.page);
  const popup = popupOf(page);
  const { notebookId } = await popup.view();
  const timedAction = (action: PopupAction): Promise<TimedJob> => timeAndDismiss(page, popup, action);
  return {
    zipFolder: (path) => timedAction({ kind: 'zip-folder', notebookId, path }),
    keep: async (checkpoint) => {
      if (!(await knows(popup, checkpoint))) {
        await opened.run(0);
        await until(`${checkpoint} to be seen`, () => knows(popup, checkpoint));
      }
      const names = [checkpoint];
      await timedAction({ kind: 'bring-home', notebookId, names, extent: 'everything', to: 'browser' });
      const [copy] = (await popup.view()).home.copies;
      if (copy === undefined) throw new Error('no copy was kept');
      return copy.id;
    },
    zipCopy: (copyId) => timedAction({ kind: 'zip-copy', notebookId, copyId }),
    removeCopy: async (copyId) => {
      await popup.act({ kind: 'remove-copy', notebookId, copyId });
    },
  };
};

const knows = async (popup: HomePopup, checkpoint: string): Promise<boolean> => {
  const { state } = await popup.view();
  return 'run' in state && state.run.checkpoints.some(({ name }) => name === checkpoint);
};

const timeAndDismiss = async (page: Page, popup: HomePopup, action: PopupAction): Promise<TimedJob> => {
  const timed = await page.evaluate(timeJob, { tabId: tabOf(page.url()), action });
  await popup.act({ kind: 'dismiss-job', jobId: timed.jobId });
  if (timed.state.kind !== 'done') throw new Error(JSON.stringify(timed.state));
  return timed;
};
