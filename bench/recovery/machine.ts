import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startJupyter, type JupyterServer } from '../../e2e/jupyter/server.ts';
import type { Notebook } from '../../e2e/notebooks/notebook.ts';
import { CHECKPOINT, OUTPUT_DIR } from './story.ts';

/** The notebook of a machine, and the folder in which a script works instead, both below the server's root. */
export const NOTEBOOK = 'story.ipynb';
export const SCRIPT_FOLDER = 'script';

/** A machine with a notebook on it, which can be lost with its disk. */
export interface Machine extends AsyncDisposable {
  readonly server: JupyterServer;
  readonly notebook: Notebook;
  /** Files of its checkpoint as a script keeps them. */
  readonly keptFolder: string;
  /** A place for whatever else is needed; goes with the machine. */
  readonly home: string;
  /** Copies the checkpoint to `keptFolder`. */
  keepFiles(): Promise<void>;
  /** Server and kernels are killed, the disk is emptied, and another machine is there at the same address. */
  replace(): Promise<void>;
}

export const startMachine = async (notebook: Notebook): Promise<Machine> => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-recovery-'));
  const rootDir = join(home, 'served');
  const keptFolder = join(home, 'kept');
  await mkdir(rootDir);
  await writeFile(join(rootDir, NOTEBOOK), JSON.stringify(notebook));
  const server = await startJupyter({ frontEnd: 'lab', auth: 'token', rootDir });
  return {
    server,
    notebook,
    keptFolder,
    home,
    keepFiles: () => cp(join(rootDir, OUTPUT_DIR, CHECKPOINT), keptFolder, { recursive: true }),
    async replace() {
      const book = await readFile(join(rootDir, NOTEBOOK));
      const kernels = await server.rest.kernels();
      await server.kill9();
      // Their parent is gone: some may have ended already.
      for (const { id } of kernels) await server.killKernel(id).catch(() => undefined);
      for (const name of await readdir(rootDir)) await rm(join(rootDir, name), { recursive: true });
      await writeFile(join(rootDir, NOTEBOOK), book);
      await mkdir(join(rootDir, SCRIPT_FOLDER));
      await server.restart();
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
