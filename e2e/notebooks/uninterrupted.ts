import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { pythonEnvironment, venvPython } from '../jupyter/python-environment.ts';
import { root } from '../root.ts';
import type { Notebook } from './notebook.ts';

/**
 * Runs a notebook's cells as one plain Python script, with no browser and no Jupyter, and answers the folder
 * it ran in. The result is kept under artifacts/uninterrupted by the hash of the cells and the packages: the
 * second call costs nothing. Where two tests make the same run at once, the first to end is kept.
 * @returns the folder that stands for the notebook's own; its log is `run.log` in it
 */
export const uninterruptedRun = async (book: Notebook): Promise<string> => {
  const script = scriptOf(book);
  const requirements = await readFile(join(root, 'e2e/requirements.txt'), 'utf8');
  const name = createHash('sha256').update(script).update(requirements).digest('hex').slice(0, 16);
  const folder = join(root, 'artifacts/uninterrupted', name);
  if (await exists(folder)) return folder;
  const working = `${folder}.${process.pid}`;
  await rm(working, { recursive: true, force: true });
  await mkdir(working, { recursive: true });
  await writeFile(join(working, 'run.py'), script);
  await runPython(working);
  await rename(working, folder).catch(async (error: unknown) => {
    if (!(await exists(folder))) throw error;
    await rm(working, { recursive: true, force: true });
  });
  return folder;
};

/** The code cells, one after the other. Lines for the shell have no meaning outside a notebook. */
const scriptOf = (book: Notebook): string => {
  const sources = book.cells.flatMap((cell) => (cell.cell_type === 'code' ? [cell.source] : []));
  if (sources.some((source) => /^[!%]/m.test(source)))
    throw new Error('the notebook uses the shell or magics');
  return `${sources.join('\n\n')}\n`;
};

const runPython = async (folder: string): Promise<void> => {
  const log = createWriteStream(join(folder, 'run.log'));
  const child = spawn(venvPython(), ['run.py'], {
    cwd: folder,
    env: pythonEnvironment(join(folder, '.home')),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  log.end();
  await finished(log);
  if (code === 0) return;
  const tail = (await readFile(join(folder, 'run.log'), 'utf8')).trim().split('\n').slice(-15).join('\n');
  throw new Error(`the uninterrupted run ended with code ${code}:\n${tail}`);
};

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
