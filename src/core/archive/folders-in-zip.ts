import { stepOfCheckpointName } from '../checkpoint/checkpoint-name.ts';
import { isMacMetadata } from './entry-name.ts';
import type { ArchiveEntry } from './read-directory.ts';

/** A folder in an archive that can be put back by itself. */
export interface ZipFolder {
  readonly name: string;
  /** Its path in the archive with a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly files: readonly ArchiveEntry[];
  readonly sizeBytes: number;
}

/**
 * The folders of an archive that people may want back: each `checkpoint-N` wherever it lies, and the rest by its outermost
 * folder. Files that lie in no folder are one of the archive's own name. What macOS adds of its own is left out.
 *
 * @param zipName The archive's file name.
 */
export const foldersInZip = (entries: readonly ArchiveEntry[], zipName: string): readonly ZipFolder[] => {
  const byPrefix = new Map<string, ArchiveEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== 'file' || isMacMetadata(entry.name)) continue;
    const prefix = prefixOf(entry.name);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), entry]);
  }
  return [...byPrefix].map(([prefix, files]) => ({
    name: prefix === '' ? zipName.replace(/\.zip$/i, '') : (prefix.split('/').at(-2) ?? prefix),
    prefix,
    files,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }));
};

const prefixOf = (path: string): string => {
  const folders = path.split('/').slice(0, -1);
  const checkpoint = folders.findIndex((name) => stepOfCheckpointName(name) !== null);
  const kept = checkpoint >= 0 ? folders.slice(0, checkpoint + 1) : folders.slice(0, 1);
  return kept.map((name) => `${name}/`).join('');
};
