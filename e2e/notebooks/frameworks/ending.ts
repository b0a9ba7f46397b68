import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenNotebook } from '../../fixtures.ts';
import { indexOf, type Notebook } from '../notebook.ts';
import { uninterruptedRun } from '../uninterrupted.ts';

/** What the notebook's last cell prints: where the training ended, and what the weights are then. */
export const ending = async (notebook: OpenNotebook): Promise<string> => {
  const last = indexOf(notebook.notebook, 'after') + 1;
  await notebook.run(last, { timeoutMs: 60_000 });
  return endingIn(await notebook.output(last).innerText());
};

/** The same of a run that nothing happened to. */
export const uninterruptedEnding = async (book: Notebook): Promise<string> =>
  endingIn(await readFile(join(await uninterruptedRun(book), 'run.log'), 'utf8'));

/** rich leaves escape codes around it. */
const endingIn = (text: string): string => {
  const found = /epoch \d+, weights [0-9a-f]+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`no ending in ${text.slice(-500)}`);
  return found;
};
