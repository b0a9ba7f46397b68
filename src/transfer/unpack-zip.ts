import { foldersInZip, type ZipFolder } from '../core/archive/folders-in-zip.ts';
import { locateBody } from '../core/archive/locate-body.ts';
import { readDirectory, type ArchiveEntry } from '../core/archive/read-directory.ts';
import { safeNames } from '../core/archive/safe-name.ts';
import type { TaskEnd, UnpackTask } from '../protocol/transfer-message.ts';
import { missingFor, room } from '../vault/room.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import { openSynced } from '../vault/synced-file.ts';
import type { Vault } from '../vault/vault.ts';
import { createChecksums, type Checksums } from './checksums.ts';
import { TaskStopped, type Meter } from './report.ts';

/**
 * Takes one checkpoint of a zip into the vault, as a copy like any other: then it can be put back. Every file is held against
 * the checksum in the archive; names are made harmless, so that none leaves its folder on the server. Throws `TaskStopped`.
 */
export const unpackZip = async (
  task: UnpackTask,
  vault: Vault,
  meter: Meter,
  signal: AbortSignal,
): Promise<TaskEnd> => {
  const { file, prefix, name } = task;
  const damaged = (): TaskStopped => new TaskStopped({ kind: 'copy-damaged', name });
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const directory = await readDirectory(file.size, read);
  const folder = directory.ok
    ? foldersInZip(directory.value, file.name).find((each) => each.prefix === prefix && each.name === name)
    : undefined;
  if (folder === undefined) throw damaged();
  meter.total(folder.sizeBytes);
  const missing = missingFor(folder.sizeBytes, await room());
  if (missing > 0) throw new TaskStopped({ kind: 'no-room', missingBytes: missing });

  const record = recordOf(task, folder);
  await vault.write(record);
  try {
    const checksums = await createChecksums();
    const files: CopiedFile[] = [];
    for (const [index, entry] of folder.files.entries()) {
      if (signal.aborted) throw new TaskStopped(null);
      const body = await locateBody(entry, read);
      const copied = record.files[index];
      if (!body.ok || copied === undefined) throw damaged();
      const stored = file.slice(body.value.from, body.value.to);
      const proof = await unpackInto(vault, record.id, index, entry, stored, checksums, meter);
      if (proof === null) throw damaged();
      files.push({ ...copied, proof });
    }
    await vault.write({ ...record, files, state: 'whole' });
  } catch (error) {
    await vault.remove(record.id);
    throw error;
  }
  return { kind: 'copied', copyId: record.id, checked: 'size-checked', sizeBytes: folder.sizeBytes };
};

const recordOf = (task: UnpackTask, folder: ZipFolder): CopyRecord => {
  const { prefix, from, notebook } = task;
  const { files: entries, name, framework, form, step, epoch } = folder;
  const paths = entries.map((entry) => entry.name.slice(prefix.length));
  const names = safeNames('in', paths).map((safe) => safe.slice('in/'.length));
  return {
    version: 1,
    id: crypto.randomUUID(),
    from,
    notebook,
    name,
    framework,
    form,
    step,
    epoch,
    loss: null,
    extent: 'everything',
    purpose: 'keep',
    begunAt: Date.now(),
    state: 'copying',
    files: entries.map(({ sizeBytes, modifiedAt }, index) => ({
      path: names[index] ?? '',
      sizeBytes,
      modifiedAt,
      proof: null,
    })),
    emptyFolders: [],
  };
};

/** `null`: what comes out is not what the archive says. */
const unpackInto = async (
  vault: Vault,
  id: string,
  index: number,
  entry: ArchiveEntry,
  stored: Blob,
  checksums: Checksums,
  meter: Meter,
): Promise<CopiedFile['proof']> => {
  if (entry.method !== 'store' && entry.method !== 'deflate') return null;
  const stream =
    entry.method === 'store'
      ? stored.stream()
      : stored.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const into = await openSynced(await vault.fileHandle(id, index));
  try {
    for await (const chunk of chunksOf(stream)) {
      if (into.sizeBytes() + chunk.length > entry.sizeBytes) return null;
      into.append(chunk);
      checksums.update(chunk);
      meter.add(chunk.length);
    }
    into.flush();
  } catch (error) {
    // Of a stream that can't be inflated the browser throws this.
    if (error instanceof TypeError) return null;
    throw error;
  } finally {
    into.close();
  }
  const sums = checksums.finish();
  return sums.crc32 === entry.crc32 && into.sizeBytes() === entry.sizeBytes ? { ...sums, by: 'size' } : null;
};

/** Not every browser lets a stream be gone through by itself. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
