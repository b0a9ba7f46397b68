import { isForInference } from '../core/checkpoint/for-inference.ts';
import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import type { Extent } from '../protocol/home-view.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { listTree } from '../runtime/list-tree.ts';
import { lookAtFile } from '../runtime/look-at-file.ts';
import { folderOf, isOwnPath } from '../runtime/own-paths.ts';
import type { Line } from './line.ts';

/** A folder of the server as it stood at one moment. */
export interface ListedSource {
  readonly files: readonly SourceFile[];
  /** Those that hold nothing. */
  readonly emptyFolders: readonly string[];
}

export interface SourceFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number | null;
}

/** Lists what is to be copied of a folder, by path. What cannot be read at all makes the copy no copy: `not-understood`. */
export const listSource = async (
  line: Line,
  folder: string,
  extent: Extent,
): Promise<Result<ListedSource, ServerTrouble>> => {
  const tree = await line.ask(({ address, access }) => listTree(address, folder, access));
  if (!tree.ok) return tree;
  if (tree.value.leftOut > 0) return fail({ kind: 'not-understood', status: 200 });
  const wanted = tree.value.files.filter(
    ({ path }) => !isOwnPath(path) && (extent === 'everything' || isForInference(path)),
  );
  const files: SourceFile[] = [];
  for (const { path, sizeBytes, modifiedAt } of wanted) {
    const size = sizeBytes ?? (await servedSize(line, `${folder}/${path}`));
    if (size === null) return fail({ kind: 'not-understood', status: 200 });
    files.push({ path, sizeBytes: size, modifiedAt });
  }
  const holding = new Set([...tree.value.files.map(({ path }) => path), ...tree.value.folders].map(folderOf));
  const emptyFolders = extent === 'everything' ? tree.value.folders.filter((name) => !holding.has(name)) : [];
  return ok({ files, emptyFolders });
};

/** The size of the file itself, where the listing has none, or that of a link. */
export const servedSize = async (line: Line, path: string): Promise<number | null> => {
  const served = await line.ask(({ address, access }) => lookAtFile(address, path, access));
  return served.ok ? served.value.sizeBytes : null;
};

/** @param kept The files of a copy, which knows of links how large they really are. */
export const isSameSource = (
  one: readonly SourceFile[],
  kept: readonly (SourceFile & { readonly listedBytes?: number | undefined })[],
): boolean =>
  one.length === kept.length &&
  one.every(({ path, sizeBytes, modifiedAt }, index) => {
    const other = kept[index];
    return (
      other?.path === path &&
      (other.listedBytes ?? other.sizeBytes) === sizeBytes &&
      other.modifiedAt === modifiedAt
    );
  });
