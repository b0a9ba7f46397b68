import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import * as v from 'valibot';
import { root } from '../e2e/root.ts';
import { builds } from './builds.ts';
import { runAll } from './program.ts';

/** The same sources give the same bytes: files in the order of their names, all of one date. */
const date = new Date(Date.UTC(2000, 0, 1));

/** `npm run package`: builds both extensions and zips each for its store, into dist/. */
const main = async (): Promise<number> => {
  const code = await runAll(builds);
  if (code !== 0) return code;
  await mkdir(join(root, 'dist'), { recursive: true });
  for (const browser of ['chrome', 'firefox']) {
    const folder = join(root, 'dist', browser);
    const path = join('dist', `holdfast-${browser}-${await versionIn(folder)}.zip`);
    const bytes = await zipOf(folder);
    await writeFile(join(root, path), bytes);
    console.log(`${path} (${bytes.byteLength} bytes)`);
  }
  return 0;
};

const versionIn = async (folder: string): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  return v.parse(v.object({ version: v.string() }), manifest).version;
};

const zipOf = async (folder: string): Promise<Uint8Array> => {
  const zip = new JSZip();
  for (const path of await filesIn(folder)) {
    zip.file(path, await readFile(join(folder, path)), { date, createFolders: false });
  }
  return zip.generateAsync({
    type: 'uint8array',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
    platform: 'DOS',
  });
};

/** Paths from the folder on, with slashes. The build's own notes (`.vite`) are not for the stores. */
const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith('.'))
    .sort();
};

process.exitCode = await main();
