import { createZipSequence } from '../core/archive/zip-sequence.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Follower } from './copy-file.ts';
import { bodyOf } from './zip-bodies.ts';
import type { Feed } from './zip-feed.ts';
import { foldersFor, memberOf, namesIn } from './zip-members.ts';

/**
 * An archive that goes to the downloads while its copies come, so that it is there when they are. It is there for speed
 * alone: whatever happens to it (a file that begins anew, a download that is stopped), the copies go on, and the archive is
 * made of them afterwards.
 */
export interface LiveZip {
  /** Begins with the next copy, in their order. `null`: there will be no archive in this way. */
  readonly copy: (record: CopyRecord) => LiveCopy | null;
  /** Ends the archive: its size when it holds these copies and nothing else, all of it taken. Otherwise `null`. */
  readonly finish: (copyIds: readonly string[]) => Promise<number | null>;
  readonly stop: () => void;
}

export interface LiveCopy {
  /** A file that is here. */
  readonly add: (file: CopiedFile, index: number) => Promise<void>;
  /** A file that comes now. */
  readonly follow: (file: CopiedFile, index: number) => Follower;
  /** The file that was followed is here. */
  readonly here: (file: CopiedFile) => void;
  /** All files are here, and proven. */
  readonly done: () => void;
}

/** Of a file that is here, as much is read at once. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** @param copies Those it is to hold. */
export const createLiveZip = (
  copies: readonly Pick<CopyRecord, 'name' | 'form'>[],
  feed: Feed,
  vault: Vault,
): LiveZip => {
  const sequence = createZipSequence();
  const folders = foldersFor(copies);
  const held: string[] = [];
  const write = (bytes: Uint8Array): void => void feed.write(new Uint8Array(bytes), bytes.length);

  const liveCopy = (record: CopyRecord, folder: string): LiveCopy => {
    const inArchive = namesIn(folder, record);
    const nameOf = (index: number): string => inArchive.files[index] ?? '';
    return {
      async add(file, index) {
        const { name, sizeBytes, crc32, modifiedAt, bytes } = await memberOf(
          record,
          file,
          index,
          nameOf(index),
          vault,
        );
        const { method, blob } = await bodyOf(name, bytes);
        write(
          sequence.entry({
            kind: 'file',
            name,
            method,
            sizeBytes,
            storedBytes: blob.size,
            crc32,
            modifiedAt,
          }),
        );
        for (let at = 0; at < blob.size && feed.isTaken(); at += PIECE_BYTES) {
          const piece = new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
          await feed.write(piece, piece.length);
        }
      },
      follow({ sizeBytes, modifiedAt }, index) {
        write(sequence.begin({ name: nameOf(index), sizeBytes, modifiedAt: modifiedAt ?? record.begunAt }));
        return { take: feed.write, startAnew: feed.stop };
      },
      here({ proof }) {
        if (proof === null) feed.stop();
        else write(sequence.end(proof.crc32));
      },
      done() {
        for (const name of inArchive.emptyFolders)
          write(sequence.entry({ kind: 'directory', name, modifiedAt: record.begunAt }));
        held.push(record.id);
      },
    };
  };

  return {
    copy: (record) => {
      const folder = folders[held.length];
      return folder === undefined || !feed.isTaken() ? null : liveCopy(record, folder);
    },
    async finish(copyIds) {
      if (copyIds.join() !== held.join()) {
        feed.stop();
        return null;
      }
      write(sequence.finish());
      return (await feed.end()) ? sequence.sizeBytes() : null;
    },
    stop: feed.stop,
  };
};
