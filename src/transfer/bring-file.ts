import type { CopyTask } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { stat } from '../runtime/contents.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import { openSynced } from '../vault/synced-file.ts';
import type { Vault } from '../vault/vault.ts';
import type { Checksums, FileChecksums } from './checksums.ts';
import { copyFile } from './copy-file.ts';
import type { Line } from './line.ts';
import { listSource, servedSize, type SourceFile } from './listed-source.ts';
import { TaskStopped, type Meter } from './report.ts';
import { changed, stoppedBy } from './why-stopped.ts';

interface FileTools {
  readonly vault: Vault;
  readonly line: Line;
  readonly meter: Meter;
}

/** One file, compared with the server's own hash. What differs is brought once more, then it is given up. */
export const bringFile = async (
  task: CopyTask,
  record: CopyRecord,
  index: number,
  checksums: Checksums,
  tools: FileTools,
): Promise<CopiedFile> => {
  let file = record.files[index];
  if (file === undefined) throw new RangeError(`no file ${index}`);
  const { vault, line, meter } = tools;
  const path = `${task.folder}/${file.path}`;
  const into = await openSynced(await vault.fileHandle(record.id, index));
  try {
    meter.add(Math.min(into.sizeBytes(), file.sizeBytes));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const source = { path, sizeBytes: file.sizeBytes };
      const sums = await copyFile(line, source, into, checksums, meter);
      if (!sums.ok) {
        const behindLink: number | null =
          sums.failure.kind === 'conflict' ? await sizeBehindLink(task, file, line) : null;
        if (behindLink === null || attempt > 0) throw await whyNotCopied(task, file, sums.failure, line);
        meter.total(behindLink - file.sizeBytes);
        file = { ...file, sizeBytes: behindLink, listedBytes: file.sizeBytes };
        continue;
      }
      const proof = await compare(task, file, sums.value, line);
      if (proof !== null) return { ...file, proof };
      meter.add(-into.sizeBytes());
      into.truncate(0);
    }
    throw new TaskStopped({ kind: 'not-the-same', name: task.name, file: file.path });
  } finally {
    into.close();
  }
};

/** Of a file that is refused as another one although the listing did not change: it is a link, to a file of this size. */
const sizeBehindLink = async (task: CopyTask, file: CopiedFile, line: Line): Promise<number | null> => {
  const path = `${task.folder}/${file.path}`;
  const seen = await line.ask(({ address, access }) => stat(address, path, access));
  if (!seen.ok || seen.value.sizeBytes !== file.sizeBytes || seen.value.modifiedAt !== file.modifiedAt)
    return null;
  const size = await servedSize(line, path);
  return size === file.sizeBytes ? null : size;
};

/** `null`: the server has another hash of a file that did not change. */
const compare = async (
  task: CopyTask,
  file: CopiedFile,
  sums: FileChecksums,
  line: Line,
): Promise<CopiedFile['proof']> => {
  const path = `${task.folder}/${file.path}`;
  const seen = await line.ask(({ address, access }) => statWithHash(address, path, file.sizeBytes, access));
  if (!seen.ok) throw stoppedBy(seen.failure, task);
  const { sizeBytes, modifiedAt } = seen.value.file;
  if (modifiedAt !== file.modifiedAt) throw changed(task);
  if (sizeBytes !== (file.listedBytes ?? file.sizeBytes)) throw changed(task);
  const { sha256 } = seen.value;
  if (sha256 === null) return { ...sums, by: 'size' };
  return sha256 === sums.sha256 ? { ...sums, by: 'hash' } : null;
};

/** A file that is gone or another one; or a link, of whose size the listing knows nothing. */
const whyNotCopied = async (
  task: CopyTask,
  file: SourceFile,
  failure: ServerTrouble,
  line: Line,
): Promise<TaskStopped> => {
  if (failure.kind !== 'not-found') return stoppedBy(failure, task);
  const folder = await listSource(line, task.folder, task.extent);
  if (!folder.ok) return stoppedBy(folder.failure, task);
  return new TaskStopped({ kind: folder.value.files.length === 0 ? 'gone' : 'changed', name: task.name });
};
