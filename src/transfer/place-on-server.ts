import { rename } from '../runtime/contents-changes.ts';
import { stat } from '../runtime/contents.ts';
import { listTree, type Tree } from '../runtime/list-tree.ts';
import { movedAsidePathOf } from '../runtime/own-paths.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
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
  for (const { path, sizeBytes, proof } of copy.files) {
    const seen = await line.ask(({ address, access }) =>
      statWithHash(address, `${folder}/${path}`, sizeBytes, access),
    );
    if (!seen.ok && seen.failure.kind !== 'not-found') throw lookFailed(seen.failure);
    if (!seen.ok || seen.value.sha256 === null || seen.value.sha256 !== proof?.sha256) return false;
  }
  return true;
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
