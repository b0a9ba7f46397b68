import type { FolderListing, ListedFile } from './listing.ts';

/** Whether a folder stood still between two looks: the same names with the same sizes and times. */
export function isSettled(previous: FolderListing, current: FolderListing): boolean {
  if (previous.entries.length !== current.entries.length) return false;
  const before = new Map(previous.entries.map((entry) => [entry.name, entry]));
  return current.entries.every((entry) => {
    const earlier = before.get(entry.name);
    return earlier !== undefined && isSameFile(earlier, entry);
  });
}

/** Whether a listed file is as it was when it was listed before. */
export const isSameFile = (
  before: Pick<ListedFile, 'sizeBytes' | 'modifiedAt'> & { readonly kind?: ListedFile['kind'] },
  now: Pick<ListedFile, 'sizeBytes' | 'modifiedAt'> & { readonly kind?: ListedFile['kind'] },
): boolean =>
  before.kind === now.kind && before.sizeBytes === now.sizeBytes && before.modifiedAt === now.modifiedAt;
