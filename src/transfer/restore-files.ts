import { filesAmong, folderOfFiles, foundByLast } from '../core/checkpoint/files-of.ts';
import type { ListedFile } from '../core/checkpoint/listing.ts';
import type { RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import { makeFolders } from '../runtime/contents-changes.ts';
import { movedAsidePathOf, nameOf, partPathOf } from '../runtime/own-paths.ts';
import { pathIn } from '../runtime/path-in.ts';
import { sizeOf, type CopiedFile, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import { entriesAt, freeAsideNumber, isSameFile, renameAll, type Move } from './place-on-server.ts';
import { inLanes, inTheWay, putFile, stoppedBy } from './put-file.ts';
import { TaskStopped, type Meter } from './report.ts';
import { missingOnServer } from './room-on-server.ts';

/** What the folder that the files go into has of them already. */
interface LyingThere {
  readonly entries: readonly ListedFile[];
  /** Names of files of the copy that lie there as they should be, by the server's own hash. */
  readonly same: ReadonlySet<string>;
  /** Names in the way: taken by something else, or files of another checkpoint of this name. */
  readonly others: readonly string[];
}

/**
 * Puts the files of a checkpoint back that has no folder of its own, among whatever else lies in theirs. Each is written under a
 * name of ours, read back by size and hash, and when all are there they get their names, the one by which it is found last. Throws
 * `TaskStopped`.
 */
export const restoreFiles = async (
  task: RestoreTask,
  copy: CopyRecord,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<TaskEnd> => {
  const folder = folderOfFiles(task.folder, copy.form);
  const size = sizeOf(copy);
  meter.total(size);
  const there = await lyingThere(line, folder, copy);
  const [other] = there.others;
  if (other !== undefined && task.occupied === 'ask') throw inTheWay(other);
  const missing = copy.files.filter(({ path }) => !there.same.has(path));
  meter.add(size - sizeOf({ files: missing }));
  if (missing.length === 0 && other === undefined)
    return { kind: 'restored', checked: 'verified', sizeBytes: size, asideAs: null };
  const begun = begunOf(folder, missing, there);
  const noRoom = await missingOnServer(line, folder, sizeOf({ files: missing }), begun);
  if (noRoom > 0) throw new TaskStopped({ kind: 'no-room-there', missingBytes: noRoom });
  const checked = await putMissing(copy, folder, missing, there, vault, line, meter);
  const aside = await freeAsideNumber(line, folder, there.others);
  await renameAll(line, [...movesAside(folder, there.others, aside), ...movesIn(folder, missing, copy.name)]);
  if (!holdsAll(await entriesAt(line, folder), copy))
    throw new TaskStopped({ kind: 'server', trouble: { kind: 'corrupted' } });
  return { kind: 'restored', checked, sizeBytes: size, asideAs: asideOf(copy, folder, there.others, aside) };
};

const lyingThere = async (line: Line, folder: string, copy: CopyRecord): Promise<LyingThere> => {
  const entries = await entriesAt(line, folder);
  const own = new Map(copy.files.map((file) => [file.path, file]));
  const group = filesAmong({ path: folder, entries }, copy).map(({ name }) => name);
  const same = new Set<string>();
  const others: string[] = [];
  for (const { name, kind } of entries) {
    const file = own.get(name);
    if (file === undefined && !group.includes(name)) continue;
    if (file !== undefined && kind === 'file' && (await isSameFile(line, pathIn(folder, name), file)))
      same.add(name);
    else others.push(name);
  }
  return { entries, same, others };
};

const partOf = (folder: string, { path }: CopiedFile): string => partPathOf(pathIn(folder, path));

/** What an earlier try has left of them. */
const begunOf = (folder: string, missing: readonly CopiedFile[], { entries }: LyingThere) => {
  const parts = new Set(missing.map((file) => nameOf(partOf(folder, file))));
  const files = entries
    .filter(({ name }) => parts.has(name))
    .map((entry) => ({ ...entry, path: entry.name }));
  return { files, folders: [], leftOut: 0 };
};

const putMissing = async (
  copy: CopyRecord,
  folder: string,
  missing: readonly CopiedFile[],
  { entries }: LyingThere,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<'verified' | 'size-checked'> => {
  const made = await line.ask(({ address, access }) => makeFolders(address, folder, access));
  if (!made.ok) throw stoppedBy(made.failure, folder);
  const names = new Set(entries.map(({ name }) => name));
  const checked = await inLanes(missing, (_, file) => {
    const part = partOf(folder, file);
    return putFile(copy, file, copy.files.indexOf(file), part, names.has(nameOf(part)), vault, line, meter);
  });
  return checked.includes('size') ? 'size-checked' : 'verified';
};

const movesAside = (folder: string, names: readonly string[], number: number): readonly Move[] =>
  names.map((name) => {
    const from = pathIn(folder, name);
    return { from, to: movedAsidePathOf(from, number) };
  });

const movesIn = (folder: string, files: readonly CopiedFile[], name: string): readonly Move[] =>
  foundByLast(files, name).map((file) => ({ from: partOf(folder, file), to: pathIn(folder, file.path) }));

const holdsAll = (entries: readonly ListedFile[], { files }: CopyRecord): boolean =>
  files.every(({ path, sizeBytes }) =>
    entries.some((entry) => entry.name === path && (entry.sizeBytes ?? sizeBytes) === sizeBytes),
  );

/** Where that lies now which was in the way; of several files the beginning that their names share. */
const asideOf = (
  { name, form }: CopyRecord,
  folder: string,
  [first, ...others]: readonly string[],
  number: number,
): string | null => {
  if (first === undefined) return null;
  const moved = form === 'prefix' || others.includes(name) ? name : first;
  return movedAsidePathOf(pathIn(folder, moved), number);
};
