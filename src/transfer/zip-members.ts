import { safeNames } from '../core/archive/safe-name.ts';
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

/** The files of whole copies, each copy in a folder of its own. Throws `TaskStopped` when what lies here is not what the record says. */
export const zipContents = async (copies: readonly CopyRecord[], vault: Vault): Promise<ZipContents> => {
  const folders = foldersFor(copies.map(({ name }) => name));
  const members: ZipMember[] = [];
  const emptyFolders: { name: string; modifiedAt: number }[] = [];
  for (const [place, copy] of copies.entries()) {
    const paths = [...copy.files.map(({ path }) => path), ...copy.emptyFolders];
    const names = safeNames(folders[place] ?? copy.name, paths);
    for (const [index, file] of copy.files.entries())
      members.push(await memberOf(copy, file, index, names[index] ?? file.path, vault));
    for (const index of copy.emptyFolders.keys())
      emptyFolders.push({ name: names[copy.files.length + index] ?? '', modifiedAt: copy.begunAt });
  }
  return { members, emptyFolders };
};

const memberOf = async (
  copy: CopyRecord,
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

/** Two runs may each have a checkpoint-400. */
const foldersFor = (names: readonly string[]): readonly string[] =>
  names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
