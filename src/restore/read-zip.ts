import { foldersInZip, type ZipFolder } from '../core/archive/folders-in-zip.ts';
import { readDirectory } from '../core/archive/read-directory.ts';
import type { RestoreTrouble } from './restore-door.ts';

/** The folders of a zip that can be put back, or why there are none. */
export const readZip = async (file: File): Promise<readonly ZipFolder[] | RestoreTrouble> => {
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const directory = await readDirectory(file.size, read);
  if (!directory.ok) {
    if (directory.failure.kind === 'not-a-zip') return 'not-a-zip';
    return directory.failure.kind === 'no-end' ? 'cut-short' : 'damaged';
  }
  const folders = foldersInZip(directory.value, file.name);
  return folders.length === 0 ? 'empty' : folders;
};
