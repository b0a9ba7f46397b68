import type { Result } from '../core/result.ts';
import type { CopyTask } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { stat } from '../runtime/contents.ts';
import { statWithHash, type HashedFile } from '../runtime/stat-with-hash.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import { openSynced } from '../vault/synced-file.ts';
import type { Vault } from '../vault/vault.ts';
import type { FileChecksums } from './checksums.ts';
import { copyFile, startAnew, type FileOnServer, type Way } from './copy-file.ts';
import { takeFileHereAlready } from './file-here-already.ts';
import type { Line } from './line.ts';
import { listSource, pathOfFile, servedSize, type SourceFile } from './listed-source.ts';
import { TaskStopped } from './report.ts';
import { changed, stoppedBy } from './why-stopped.ts';

/** One file, compared with the server's own hash. What differs is brought once more, then it is given up. */
export const bringFile = async (
  task: CopyTask,
  record: CopyRecord,
  index: number,
  vault: Vault,
  way: Way,
): Promise<CopiedFile> => {
  let file = record.files[index];
  if (file === undefined) throw new RangeError(`no file ${index}`);
  const { line, meter } = way;
  const path = pathOfFile(task, file.path);
  const into = await openSynced(await vault.fileHandle(record.id, index));
  try {
    await takeFileHereAlready(task, file, record, into, vault, line);
    meter.add(Math.min(into.sizeBytes(), file.sizeBytes));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const source = { path, sizeBytes: file.sizeBytes };
      const hashed: { asked: Promise<Seen> | null } = { asked: null };
      const sums = await copyFile(source, into, way, () => {
        hashed.asked = askHash(source, line);
      });
      if (!sums.ok) {
        const behindLink: number | null =
          sums.failure.kind === 'conflict' ? await sizeBehindLink(task, file, line) : null;
        if (behindLink === null || attempt > 0) throw await whyNotCopied(task, file, sums.failure, line);
        way.follower?.startAnew();
        meter.total(behindLink - file.sizeBytes);
        file = { ...file, sizeBytes: behindLink, listedBytes: file.sizeBytes };
        continue;
      }
      const proof = await compare(task, file, sums.value, hashed.asked, line);
      if (proof !== null) return { ...file, proof };
      startAnew(into, way);
    }
    throw new TaskStopped({ kind: 'not-the-same', name: task.name, file: file.path });
  } finally {
    into.close();
  }
};

/** Of a file that is refused as another one although the listing did not change: it is a link, to a file of this size. */
const sizeBehindLink = async (task: CopyTask, file: CopiedFile, line: Line): Promise<number | null> => {
  const path = pathOfFile(task, file.path);
  const seen = await line.ask(({ address, access }) => stat(address, path, access));
  if (!seen.ok || seen.value.sizeBytes !== file.sizeBytes || seen.value.modifiedAt !== file.modifiedAt)
    return null;
  const size = await servedSize(line, path);
  return size === file.sizeBytes ? null : size;
};

type Seen = Result<HashedFile, ServerTrouble>;

const askHash = ({ path, sizeBytes }: FileOnServer, line: Line): Promise<Seen> =>
  line.ask(({ address, access }) => statWithHash(address, path, sizeBytes, access));

/**
 * `null`: the server has another hash of a file that did not change.
 *
 * @param asked The server's answer, asked for while the last bytes were on their way: it hashes while they travel. One that
 * does not agree proves nothing, since the file may have been written meanwhile: then it is asked again.
 */
const compare = async (
  task: CopyTask,
  file: CopiedFile,
  sums: FileChecksums,
  asked: Promise<Seen> | null,
  line: Line,
): Promise<CopiedFile['proof']> => {
  const early = await asked;
  if (early?.ok === true && isUnchanged(file, early.value)) {
    const proof = proofBy(sums, early.value);
    if (proof !== null) return proof;
  }
  const seen = await askHash({ path: pathOfFile(task, file.path), sizeBytes: file.sizeBytes }, line);
  if (!seen.ok) throw stoppedBy(seen.failure, task);
  if (!isUnchanged(file, seen.value)) throw changed(task);
  return proofBy(sums, seen.value);
};

const isUnchanged = (
  { sizeBytes, listedBytes, modifiedAt }: CopiedFile,
  { file }: Pick<HashedFile, 'file'>,
): boolean => file.modifiedAt === modifiedAt && file.sizeBytes === (listedBytes ?? sizeBytes);

const proofBy = (sums: FileChecksums, { sha256 }: Pick<HashedFile, 'sha256'>): CopiedFile['proof'] => {
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
  const folder = await listSource(line, task);
  if (!folder.ok) return stoppedBy(folder.failure, task);
  return new TaskStopped({ kind: folder.value.files.length === 0 ? 'gone' : 'changed', name: task.name });
};
