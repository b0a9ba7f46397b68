import { safeNames } from '../core/archive/safe-name.ts';
import { collisionKey, safeSegment } from '../core/archive/safe-segment.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import { TaskStopped } from './report.ts';

/** A file of the vault with its place in an archive. */
export interface ZipMember {
  /** In the archive: safe, `/` between names. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly bytes: Blob;
}

export interface ZipContents {
  readonly members: readonly ZipMember[];
  readonly emptyFolders: readonly { readonly name: string; readonly modifiedAt: number }[];
}

/** The files of whole copies, each at its place in the archive. Throws `TaskStopped` when what lies here is not what the record says. */
export const zipContents = async (copies: readonly CopyRecord[], vault: Vault): Promise<ZipContents> => {
  const folders = foldersFor(copies);
  const members: ZipMember[] = [];
  const emptyFolders: { name: string; modifiedAt: number }[] = [];
  for (const [place, copy] of copies.entries()) {
    const names = namesIn(folders[place] ?? copy.name, copy);
    for (const [index, file] of copy.files.entries())
      members.push(await memberOf(copy, file, index, names.files[index] ?? file.path, vault));
    for (const name of names.emptyFolders) emptyFolders.push({ name, modifiedAt: copy.begunAt });
  }
  return { members, emptyFolders };
};

/**
 * What the files and the empty folders of a copy are called in an archive, in their order.
 *
 * @param folder Empty: at the top.
 */
export const namesIn = (
  folder: string,
  { files, emptyFolders }: Pick<CopyRecord, 'files' | 'emptyFolders'>,
): { readonly files: readonly string[]; readonly emptyFolders: readonly string[] } => {
  const inside = folder === '' ? 'top' : folder;
  const safe = safeNames(inside, [...files.map(({ path }) => path), ...emptyFolders]);
  const names = folder === '' ? safe.map((name) => name.slice('top/'.length)) : safe;
  return { files: names.slice(0, files.length), emptyFolders: names.slice(files.length) };
};

/** A file of a whole copy. Throws `TaskStopped` when it is not what the record says. */
export const memberOf = async (
  copy: Pick<CopyRecord, 'id' | 'name' | 'begunAt'>,
  { proof, sizeBytes, modifiedAt }: CopiedFile,
  index: number,
  name: string,
  vault: Vault,
): Promise<ZipMember> => {
  const bytes = await vault.file(copy.id, index);
  if (proof === null || bytes === null || bytes.size !== sizeBytes)
    throw new TaskStopped({ kind: 'copy-damaged', name: copy.name });
  return { name, sizeBytes, crc32: proof.crc32, modifiedAt: modifiedAt ?? copy.begunAt, bytes };
};

/**
 * The folder of each copy in an archive; empty for files that had no folder of their own: they lie at the top, so that they can be
 * put where they belong at once. Two runs may each have a checkpoint-400, or a last.ckpt: the second gets a folder of its own.
 */
export const foldersFor = (copies: readonly Pick<CopyRecord, 'name' | 'form'>[]): readonly string[] =>
  copies.map(({ name, form }, index) => {
    const key = keyOf(name);
    const before = copies.slice(0, index).filter((other) => keyOf(other.name) === key).length;
    if (before > 0) return `${name} (${before + 1})`;
    return form === 'folder' ? name : '';
  });

const keyOf = (name: string): string => collisionKey(safeSegment(name));
