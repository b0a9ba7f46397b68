import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startJupyter } from '../../e2e/jupyter/server.ts';
import { root } from '../../e2e/root.ts';
import { jupyterArchiveFolder } from '../../scripts/set-up/jupyter-archive.mjs';
import { memoryMeter } from './browser-memory.ts';
import { writeCheckpoint, type CheckpointFolder } from './checkpoint-folder.ts';
import type { Contender, Course } from './contender.ts';
import { ourContender } from './our-contender.ts';
import { openExtension, SAVED, type OurExtension } from './our-extension.ts';
import { libraries, pageContenders } from './page-contenders.ts';
import type { Leg } from './plan.ts';
import { curl, jupyterArchive, threeCommands } from './shell-contenders.ts';
import { openThrottledLine } from './throttled-line.ts';
import { launchUnwatched } from './unwatched-browser.ts';

/** A server with the checkpoints, the lines to it, and two browsers: one with the extension, one without. */
export interface Place extends AsyncDisposable {
  readonly checkpoints: readonly CheckpointFolder[];
  readonly contenders: readonly Contender[];
  /** The extension beside the server itself. */
  readonly ours: OurExtension;
  readonly versions: string;
  /** Makes the leg's line ready. */
  courseOf(leg: Leg): Course;
  /** Takes away what arrived. */
  readonly clear: () => Promise<void>;
  /** The folder that the server serves. */
  readonly rootDir: string;
  /** Where the browser with the extension puts its downloads. */
  readonly downloads: string;
  /** For whatever else arrives. */
  readonly into: string;
}

export const openPlace = async (sizes: readonly number[]): Promise<Place> => {
  const opened: AsyncDisposable[] = [];
  const end = async (): Promise<void> => {
    for (const each of opened.toReversed()) await each[Symbol.asyncDispose]();
  };
  return open(sizes, opened, end).catch(async (error: unknown) => {
    await end();
    throw error;
  });
};

/** @param opened Gets everything that has to be ended, in the order of its opening. */
const open = async (
  sizes: readonly number[],
  opened: AsyncDisposable[],
  end: () => Promise<void>,
): Promise<Place> => {
  const ending = <T extends AsyncDisposable>(each: T): T => {
    opened.push(each);
    return each;
  };
  const home = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  ending({ [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true, maxRetries: 5 }) });
  const folder = (name: string): string => join(home, name);
  const rootDir = folder('served');
  for (const name of ['served', 'served/libraries', 'downloads', 'page-downloads']) await mkdir(folder(name));
  for (const { from, at } of Object.values(libraries)) await copyFile(join(root, from), join(rootDir, at));
  const checkpoints: CheckpointFolder[] = [];
  for (const size of sizes) checkpoints.push(await writeCheckpoint(join(rootDir, SAVED), size));

  const serverExtension = { module: 'jupyter_archive', folder: jupyterArchiveFolder() };
  const server = ending(
    await startJupyter({ frontEnd: 'notebook', auth: 'token', rootDir, serverExtension }),
  );
  const line = ending(await openThrottledLine(server.port));
  const lineUrl = server.url.replace(`:${server.port}`, `:${line.port}`);
  const downloads = folder('downloads');
  const browser = ending(
    await launchUnwatched(folder('profile'), { withExtension: true, downloadsTo: downloads }),
  );
  const pageDownloads = folder('page-downloads');
  const plain = ending(
    await launchUnwatched(folder('plain-profile'), { withExtension: false, downloadsTo: pageDownloads }),
  );
  const ours = await openExtension(browser, server, server.url, 'direct.ipynb');
  const overLine = await openExtension(browser, server, lineUrl, 'over-the-line.ipynb');
  const meter = memoryMeter(browser.profile);
  const contenders = [
    await ourContender({ direct: ours, overLine, directUrl: server.url, meter, downloads }),
    curl,
    threeCommands,
    ...pageContenders(plain, pageDownloads),
    jupyterArchive,
  ];

  const clear = async (): Promise<void> => {
    for (const name of ['into', 'downloads', 'page-downloads']) await emptyFolder(folder(name));
  };
  return {
    checkpoints,
    contenders,
    ours,
    versions: await versionsOf(
      server.url,
      await browser.visit(async ({ context }) => context.browser()?.version() ?? ''),
    ),
    courseOf: ({ line: { bytesPerSecond }, megabytes }) => {
      line.limit(bytesPerSecond);
      const checkpoint = checkpoints.find((each) => each.megabytes === megabytes);
      if (checkpoint === undefined) throw new Error(`no checkpoint of ${megabytes} MB`);
      const { token } = server;
      const url = bytesPerSecond === null ? server.url : lineUrl;
      return { url, token, checkpoint, path: `${SAVED}/${checkpoint.name}`, into: folder('into') };
    },
    clear,
    rootDir,
    downloads,
    into: folder('into'),
    [Symbol.asyncDispose]: end,
  };
};

const emptyFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true });
  for (const name of await readdir(path)) await rm(join(path, name), { recursive: true, force: true });
};

const versionsOf = async (url: string, chromium: string): Promise<string> => {
  const { version } = await (await fetch(`${url}api`)).json();
  return `Chromium ${chromium}, jupyter_server ${version}, Node ${process.versions.node}`;
};
