import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser } from '../extension/browser.ts';
import { expect, test } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import type { JupyterServer } from '../jupyter/server.ts';
import { code, notebook } from '../notebooks/notebook.ts';

/** The word is in the cell's output and nowhere in its source. */
const book = notebook(code('only', "print('-'.join(['only', 'in', 'the', 'output']))"));

declare const parsedOutputs: number;

/** Counts how often a text with the output is parsed on the page, by whomever. Runs before anything else there. */
const counter = `
  window.parsedOutputs = 0;
  const parse = JSON.parse;
  JSON.parse = function (...args) {
    if (String(args[0]).includes('only-in-the-output')) window.parsedOutputs += 1;
    return Reflect.apply(parse, this, args);
  };`;

const hideApplication = `Object.defineProperty(window, 'jupyterapp', { value: undefined, configurable: false });`;

const timesParsed = async (page: Page, server: JupyterServer, before = ''): Promise<number> => {
  await page.addInitScript({ content: `{ ${counter} ${before} }` });
  const { run, output } = await openNotebook(page, server, 'story.ipynb');
  await run(0);
  await expect(output(0)).toHaveText('only-in-the-output');
  return page.evaluate(() => parsedOutputs);
};

for (const frontEnd of ['lab', 'notebook'] as const)
  test(
    `a message of the kernel is parsed once, by the page: ${frontEnd}`,
    {
      tag: frontEnd === 'notebook' ? ['@long'] : [],
    },
    async ({ folder, startServer, browserWithExtension }) => {
      await writeFile(join(folder, 'story.ipynb'), JSON.stringify(book));
      const server = await startServer({ frontEnd });
      await using bare = await launchBrowser({ withExtension: false });
      const without = await timesParsed(await bare.newPage(), server);
      expect(await timesParsed(await browserWithExtension.newPage(), server)).toBe(without);

      const hidden = await browserWithExtension.context.newPage();
      expect(await timesParsed(hidden, server, hideApplication), 'the tap reads where it is needed').toBe(
        without + 1,
      );
    },
  );
