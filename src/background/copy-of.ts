import { isForInference } from '../core/checkpoint/for-inference.ts';
import type { SeenCheckpoint } from '../core/run/run.ts';
import type { FolderMemory } from '../runtime/folder-memory.ts';
import type { KnownCopy } from './copies.ts';

/** The whole copy of a checkpoint as it lies on the server now: of the same place, and of files of the same time. */
export const copyOf = (
  checkpoint: SeenCheckpoint,
  folder: string,
  copies: readonly KnownCopy[],
): string | null => {
  const path = folder === '' ? checkpoint.name : `${folder}/${checkpoint.name}`;
  const copy = copies.find(({ record }) => {
    if (
      record?.state !== 'whole' ||
      record.extent !== 'everything' ||
      record.from.folder !== path ||
      record.form !== checkpoint.form
    )
      return false;
    const newest = Math.max(...record.files.map(({ modifiedAt }) => modifiedAt ?? 0));
    return checkpoint.modifiedAt === null || newest === checkpoint.modifiedAt;
  });
  return copy?.view.id ?? null;
};

/** What inference needs of a checkpoint, by its last listing; `null` where there is none, it holds folders or is none itself. */
export const inferenceBytesOf = (name: string, memory: FolderMemory | null): number | null => {
  const known = memory?.checkpoints.find(({ checkpoint }) => checkpoint.name === name);
  const listing = known?.listing ?? null;
  if (listing === null || known?.checkpoint.form !== 'folder') return null;
  let bytes = 0;
  for (const entry of listing.entries) {
    if (!isForInference(entry.name)) continue;
    if (entry.kind === 'directory' || entry.sizeBytes === null) return null;
    bytes += entry.sizeBytes;
  }
  return bytes;
};
