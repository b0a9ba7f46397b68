import { readDirectory } from '../core/archive/read-directory.ts';
import type { TaskEnd, ZipTask } from '../protocol/transfer-message.ts';
import { checkedOf, sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { LiveZips } from './live-zips.ts';
import { TaskStopped, type Meter } from './report.ts';
import { zipByReference } from './zip-by-reference.ts';
import { IN_MEMORY_BYTES, zipInMemory } from './zip-in-memory.ts';
import { zipContents, type ZipContents } from './zip-members.ts';

/**
 * Ends the archive of whole copies that is on its way; or makes one, and reads its directory back. Throws `TaskStopped`.
 */
export const makeZip = async (
  task: ZipTask,
  vault: Vault,
  lives: LiveZips,
  meter: Meter,
): Promise<{ readonly end: TaskEnd; readonly url: string | null }> => {
  const copies: CopyRecord[] = [];
  for (const id of task.copyIds) {
    const copy = await vault.read(id);
    if (copy?.state !== 'whole') throw new TaskStopped({ kind: 'copy-damaged', name: copy?.name ?? id });
    copies.push(copy);
  }
  const checked = copies.every((copy) => checkedOf(copy) === 'verified') ? 'verified' : 'size-checked';
  const liveBytes = task.liveId === null ? null : await lives.finish(task.liveId, task.copyIds);
  if (liveBytes !== null)
    return { url: null, end: { kind: 'zipped', url: null, sizeBytes: liveBytes, checked } };
  const contents = await zipContents(copies, vault);
  const sizeBytes = copies.reduce((sum, copy) => sum + sizeOf(copy), 0);
  meter.total(sizeBytes);
  const zip = await (sizeBytes <= IN_MEMORY_BYTES ? zipInMemory(contents) : zipByReference(contents));
  if (!(await holds(zip, contents))) throw new TaskStopped({ kind: 'zip-differs' });
  const url = URL.createObjectURL(zip);
  return { url, end: { kind: 'zipped', url, sizeBytes: zip.size, checked } };
};

/** Whether the directory at the archive's end names every file, with its size and checksum. */
const holds = async (zip: Blob, { members, emptyFolders }: ZipContents): Promise<boolean> => {
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await zip.slice(from, to).arrayBuffer());
  const directory = await readDirectory(zip.size, read);
  if (!directory.ok || directory.value.length !== members.length + emptyFolders.length) return false;
  const entries = new Map(directory.value.map((entry) => [entry.name, entry]));
  return members.every(({ name, sizeBytes, crc32 }) => {
    const entry = entries.get(name);
    return entry?.sizeBytes === sizeBytes && entry.crc32 === crc32;
  });
};
