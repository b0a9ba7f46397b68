import type { ListedFile } from '../core/checkpoint/listing.ts';
import { rename } from '../runtime/contents-changes.ts';
import { listEntries, stat } from '../runtime/contents.ts';
import { listTree, type Tree } from '../runtime/list-tree.ts';
import { movedAsidePathOf, nameOf } from '../runtime/own-paths.ts';
import { pathIn } from '../runtime/path-in.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { Line } from './line.ts';
import { TaskStopped } from './report.ts';

/** More names than this are never taken by what was moved aside. */
const MOST_ASIDE = 1000;

/** What a failure that lasts means for something that is looked at or put somewhere. */
export const lookFailed = (failure: ServerTrouble): TaskStopped =>
  new TaskStopped(failure.kind === 'aborted' ? null : { kind: 'server', trouble: failure });

/** What lies at a path; `null`: nothing. Throws `TaskStopped`. */
export const kindAt = async (line: Line, path: string): Promise<'file' | 'directory' | null> => {
  const seen = await line.ask(({ address, access }) => stat(address, path, access));
  if (seen.ok) return seen.value.kind;
  if (seen.failure.kind === 'not-found') return null;
  throw lookFailed(seen.failure);
};

/** All that is below a folder; nothing where there is no folder. Throws `TaskStopped`. */
export const treeAt = async (line: Line, path: string): Promise<Tree> => {
  const tree = await line.ask(({ address, access }) => listTree(address, path, access));
  if (tree.ok) return tree.value;
  if (tree.failure.kind === 'not-found') return { files: [], folders: [], leftOut: 0 };
  throw lookFailed(tree.failure);
};

/** What lies in a folder; nothing where there is no folder. Throws `TaskStopped`. */
export const entriesAt = async (line: Line, folder: string): Promise<readonly ListedFile[]> => {
  const listed = await line.ask(({ address, access }) => listEntries(address, folder, access));
  if (listed.ok) return listed.value.entries;
  if (listed.failure.kind === 'not-found') return [];
  throw lookFailed(listed.failure);
};

/** Whether a folder holds the files of a copy, as large as they are where the server tells, and no others. */
export const holdsAllOf = ({ files, leftOut }: Tree, copy: CopyRecord): boolean => {
  const sizes = new Map(copy.files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  return (
    leftOut === 0 &&
    files.length === sizes.size &&
    files.every(
      ({ path, sizeBytes }) => sizes.has(path) && (sizeBytes ?? sizes.get(path)) === sizes.get(path),
    )
  );
};

/**
 * Whether a folder is the copy already: every file by its size and by the server's own hash, and none besides. Where the
 * server tells no hash nobody knows, and it is not. Throws `TaskStopped`.
 */
export const isAlready = async (line: Line, folder: string, copy: CopyRecord): Promise<boolean> => {
  if (!holdsAllOf(await treeAt(line, folder), copy)) return false;
  for (const file of copy.files) if (!(await isSameFile(line, `${folder}/${file.path}`, file))) return false;
  return true;
};

/** Whether a file of a copy lies at a path, by the server's own hash. Where it tells none, it is not. Throws `TaskStopped`. */
export const isSameFile = async (
  line: Line,
  path: string,
  { sizeBytes, proof }: CopiedFile,
): Promise<boolean> => {
  const seen = await line.ask(({ address, access }) => statWithHash(address, path, sizeBytes, access));
  if (!seen.ok && seen.failure.kind !== 'not-found') throw lookFailed(seen.failure);
  return seen.ok && seen.value.sha256 !== null && seen.value.sha256 === proof?.sha256;
};

/** Gives what lies at a path another name beside it, and tells that name. Nothing is replaced. Throws `TaskStopped`. */
export const moveAside = async (line: Line, path: string): Promise<string> => {
  for (let number = 1; number <= MOST_ASIDE; number += 1) {
    const to = movedAsidePathOf(path, number);
    if ((await kindAt(line, to)) !== null) continue;
    const moved = await line.ask(({ address, access }) => rename(address, path, to, access));
    // The answer to a rename that was done can be lost; and another may have taken the name meanwhile.
    if (moved.ok || (moved.failure.kind === 'not-found' && (await kindAt(line, to)) !== null)) return to;
    if (moved.failure.kind !== 'conflict') throw lookFailed(moved.failure);
  }
  throw new TaskStopped({ kind: 'server', trouble: { kind: 'conflict' } });
};

/** The number under which names of a folder can all be moved aside. Throws `TaskStopped`. */
export const freeAsideNumber = async (
  line: Line,
  folder: string,
  names: readonly string[],
): Promise<number> => {
  if (names.length === 0) return 1;
  const taken = new Set((await entriesAt(line, folder)).map(({ name }) => name));
  for (let number = 1; number <= MOST_ASIDE; number += 1)
    if (!names.some((name) => taken.has(nameOf(movedAsidePathOf(pathIn(folder, name), number)))))
      return number;
  throw new TaskStopped({ kind: 'server', trouble: { kind: 'conflict' } });
};

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Renames one after the other; where one can't be, those before get their old names again. Nothing is replaced. Throws `TaskStopped`. */
export const renameAll = async (line: Line, moves: readonly Move[]): Promise<void> => {
  const done: Move[] = [];
  for (const { from, to } of moves) {
    const moved = await line.ask(({ address, access }) => rename(address, from, to, access));
    // The answer to a rename that was done can be lost.
    if (!moved.ok && (moved.failure.kind !== 'not-found' || (await kindAt(line, to)) === null)) {
      for (const back of done.toReversed())
        await line.ask(({ address, access }) => rename(address, back.to, back.from, access));
      throw moved.failure.kind === 'conflict'
        ? new TaskStopped({ kind: 'in-the-way', name: nameOf(to) })
        : lookFailed(moved.failure);
    }
    done.push({ from, to });
  }
};
