import type { CopyTask, TaskEnd } from '../protocol/transfer-message.ts';
import { checkedOf, sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import { isFull, missingFor, room } from '../vault/room.ts';
import type { Vault } from '../vault/vault.ts';
import { bringFiles, type CopyTools } from './bring-files.ts';
import { isSameSource, listSource, type ListedSource } from './listed-source.ts';
import { TaskStopped } from './report.ts';
import { isTorn } from './torn-copy.ts';
import { changed, stoppedBy } from './why-stopped.ts';

/**
 * Copies a checkpoint from a server into the vault, or finishes a copy that was begun. In the end every file has been read,
 * compared with the server's own hash of it where there is one, and its files still are what they were at the beginning: a
 * checkpoint that is written or rotated away meanwhile is never mixed with its former self. Throws `TaskStopped`.
 */
export const copyCheckpoint = async (task: CopyTask, tools: CopyTools): Promise<TaskEnd> => {
  const { vault, meter } = tools;
  const source = await listed(task, tools);
  const { record, whole } = await beginOrGoOn(task, source, tools);
  const size = sizeOf(record);
  meter.total(size);
  const live = tools.lives.join(task, record);
  if (whole) {
    for (const [index, file] of record.files.entries()) await live?.add(file, index);
    live?.done();
    meter.add(size);
    return { kind: 'copied', copyId: record.id, checked: checkedOf(record), sizeBytes: size };
  }
  try {
    const files = await bringFiles(task, record, live, tools);
    if (!isSameSource(source.files, (await listed(task, tools)).files)) throw changed(task);
    const done: CopyRecord = { ...record, files, state: 'whole' };
    if (task.form !== 'folder' && (await isTorn(done, vault))) throw changed(task);
    await vault.write(done);
    live?.done();
    return { kind: 'copied', copyId: record.id, checked: checkedOf(done), sizeBytes: size };
  } catch (error) {
    if (error instanceof TaskStopped && isHopeless(error)) await vault.remove(record.id);
    if (isFull(error)) {
      const rest = missingFor(size - (await bytesHere(record, vault)), await room());
      throw new TaskStopped({ kind: 'no-room', missingBytes: rest === 0 ? null : rest });
    }
    throw error;
  }
};

/** Of a source that is no more what it was, or never comes as it is, nothing that is here can become whole. */
const isHopeless = ({ why }: TaskStopped): boolean =>
  why?.kind === 'changed' || why?.kind === 'gone' || why?.kind === 'not-the-same';

const listed = async (task: CopyTask, { line }: CopyTools): Promise<ListedSource> => {
  const source = await listSource(line, task);
  if (source.ok) return source.value;
  throw stoppedBy(source.failure, task);
};

/** The copy of this very checkpoint that is here already, or a new one for which there is room. */
const beginOrGoOn = async (
  task: CopyTask,
  source: ListedSource,
  { vault, newId, now }: CopyTools,
): Promise<{ readonly record: CopyRecord; readonly whole: boolean }> => {
  const here = await ofSamePlace(task, vault);
  const same = here.find(({ files }) => isSameSource(source.files, files));
  // Begun from what lay there before: it can't be finished any more.
  for (const old of here) if (old !== same && old.state === 'copying') await vault.remove(old.id);
  if (same?.state === 'whole') {
    const kept: CopyRecord = { ...same, purpose: longer(same.purpose, task.purpose) };
    if (kept.purpose !== same.purpose) await vault.write(kept);
    return { record: kept, whole: true };
  }
  // Begun for a zip and wanted to stay now: it stays.
  const begun = same === undefined ? same : { ...same, purpose: longer(same.purpose, task.purpose) };
  const record: CopyRecord = begun ?? {
    version: 1,
    id: newId(),
    from: { ...task.server.address, folder: task.folder },
    notebook: task.notebook,
    name: task.name,
    framework: task.framework,
    form: task.form,
    step: task.step,
    epoch: task.epoch,
    loss: task.loss,
    ...(task.packages === undefined ? {} : { packages: task.packages }),
    extent: task.extent,
    purpose: task.purpose,
    begunAt: now(),
    state: 'copying',
    files: source.files.map((file) => ({ ...file, proof: null })),
    emptyFolders: source.emptyFolders,
  };
  const missing = missingFor(sizeOf(record) - (await bytesHere(record, vault)), await room());
  if (missing > 0) throw new TaskStopped({ kind: 'no-room', missingBytes: missing });
  await vault.write(record);
  return { record, whole: false };
};

const STAYS = ['zip', 'automatic', 'keep'] as const satisfies readonly CopyRecord['purpose'][];

/** Of two purposes the one that lets a copy stay longer. */
const longer = (one: CopyRecord['purpose'], other: CopyRecord['purpose']): CopyRecord['purpose'] =>
  STAYS.indexOf(one) < STAYS.indexOf(other) ? other : one;

const ofSamePlace = async (
  { server: { address }, folder, form, extent }: CopyTask,
  vault: Vault,
): Promise<readonly CopyRecord[]> =>
  (await vault.list())
    .flatMap((entry) => (entry.kind === 'copy' ? [entry.record] : []))
    .filter(
      (record) =>
        record.from.origin === address.origin &&
        record.from.basePath === address.basePath &&
        record.from.folder === folder &&
        record.form === form &&
        record.extent === extent,
    );

const bytesHere = async (record: CopyRecord, vault: Vault): Promise<number> => {
  let bytes = 0;
  for (const index of record.files.keys()) bytes += (await vault.file(record.id, index))?.size ?? 0;
  return bytes;
};
