import { filesAmong, folderOfFiles } from '../core/checkpoint/files-of.ts';
import { isForInference } from '../core/checkpoint/for-inference.ts';
import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { CopyTask } from '../protocol/transfer-message.ts';
import { listFolder } from '../runtime/contents.ts';
import { isName, listTree, type TreeFile } from '../runtime/list-tree.ts';
import { lookAtFile } from '../runtime/look-at-file.ts';
import { folderOf, isOwnPath } from '../runtime/own-paths.ts';
import { pathIn } from '../runtime/path-in.ts';
import type { Line } from './line.ts';

/** A checkpoint on the server as it stood at one moment. */
export interface ListedSource {
  readonly files: readonly SourceFile[];
  /** Those that hold nothing. */
  readonly emptyFolders: readonly string[];
}

export interface SourceFile {
  /** Relative to the folder that the files lie in. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number | null;
}

/** Which checkpoint: `folder` is its path. */
export type Wanted = Pick<CopyTask, 'folder' | 'name' | 'form' | 'framework' | 'extent'>;

/** Where a file of a checkpoint lies on the server. */
export const pathOfFile = ({ folder, form }: Pick<Wanted, 'folder' | 'form'>, path: string): string =>
  pathIn(folderOfFiles(folder, form), path);

/**
 * Lists what is to be copied of a checkpoint, by path. What cannot be read at all makes the copy no copy: `not-understood`;
 * `not-found`: it is not there.
 */
export const listSource = (line: Line, wanted: Wanted): Promise<Result<ListedSource, ServerTrouble>> =>
  wanted.form === 'folder' ? listOwnFolder(line, wanted) : listAmongOthers(line, wanted);

const listOwnFolder = async (line: Line, wanted: Wanted): Promise<Result<ListedSource, ServerTrouble>> => {
  const { folder, extent } = wanted;
  const tree = await line.ask(({ address, access }) => listTree(address, folder, access));
  if (!tree.ok) return tree;
  if (tree.value.leftOut > 0) return fail({ kind: 'not-understood', status: 200 });
  const taken = tree.value.files.filter(
    ({ path }) => !isOwnPath(path) && (extent === 'everything' || isForInference(path)),
  );
  const files = await sized(line, wanted, taken);
  if (!files.ok) return files;
  const holding = new Set([...tree.value.files.map(({ path }) => path), ...tree.value.folders].map(folderOf));
  const emptyFolders = extent === 'everything' ? tree.value.folders.filter((name) => !holding.has(name)) : [];
  return ok({ files: files.value, emptyFolders });
};

/** Of a folder that holds other checkpoints too, the files of this one. */
const listAmongOthers = async (line: Line, wanted: Wanted): Promise<Result<ListedSource, ServerTrouble>> => {
  const folder = folderOfFiles(wanted.folder, wanted.form);
  const listing = await line.ask(({ address, access }) => listFolder(address, folder, access));
  if (!listing.ok) return listing;
  const found = filesAmong(listing.value, wanted);
  if (found.length === 0) return fail({ kind: 'not-found' });
  if (!found.every(({ name }) => isName(name))) return fail({ kind: 'not-understood', status: 200 });
  const files = await sized(
    line,
    wanted,
    found.map(({ name, sizeBytes, modifiedAt }) => ({ path: name, sizeBytes, modifiedAt })),
  );
  return files.ok ? ok({ files: files.value, emptyFolders: [] }) : files;
};

const sized = async (
  line: Line,
  wanted: Wanted,
  listed: readonly TreeFile[],
): Promise<Result<readonly SourceFile[], ServerTrouble>> => {
  const files: SourceFile[] = [];
  for (const { path, sizeBytes, modifiedAt } of listed) {
    const size = sizeBytes ?? (await servedSize(line, pathOfFile(wanted, path)));
    if (size === null) return fail({ kind: 'not-understood', status: 200 });
    files.push({ path, sizeBytes: size, modifiedAt });
  }
  return ok(files);
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
