import { isForInference } from '../core/checkpoint/for-inference.ts';
import type { CopyTask } from '../protocol/transfer-message.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import { isFull } from '../vault/room.ts';
import type { SyncedFile } from '../vault/synced-file.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import { pathOfFile } from './listed-source.ts';

/** A file of a whole copy in this browser. */
interface FileHere {
  readonly copyId: string;
  readonly index: number;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The server's hash of a file costs it the reading of the whole file: beyond this it has to be likely that it is worth it. */
const CHEAP_HASH_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Takes a file from another whole copy in this browser when the server's own hash says that it is the same: a tokenizer,
 * a configuration, weights that nothing trains. Its bytes are put into `into` as if an earlier try had left them: whoever
 * brings the file hashes them like any other, compares them with the server, and brings it after all when they differ.
 * Where it has to be brought, `into` is as it was.
 *
 * @param record The copy that is being made.
 * @param line One for each copy that is made: the vault is read once for it.
 */
export const takeFileHereAlready = async (
  task: CopyTask,
  file: CopiedFile,
  record: CopyRecord,
  into: SyncedFile,
  vault: Vault,
  line: Line,
): Promise<void> => {
  if (into.sizeBytes() > 0 || file.sizeBytes === 0) return;
  const alike = (await filesHere(record, vault, line)).get(keyOf(file)) ?? [];
  if (!isWorthAsking(file, alike)) return;
  const path = pathOfFile(task, file.path);
  const seen = await line.ask(({ address, access }) => statWithHash(address, path, file.sizeBytes, access));
  // Whatever is wrong with it shows when it is brought.
  if (!seen.ok || seen.value.file.modifiedAt !== file.modifiedAt) return;
  const same = alike.find(({ sha256 }) => sha256 === seen.value.sha256);
  if (same === undefined) return;
  try {
    await copyFromHere(same, into, vault);
  } catch (error) {
    into.truncate(0);
    // That copy may have been taken away meanwhile; for a full disk there is no other way.
    if (isFull(error)) throw error;
  }
};

/** Files that training writes anew each time are as large each time: two that differ already say that a third will. */
const isWorthAsking = ({ path, sizeBytes }: CopiedFile, alike: readonly FileHere[]): boolean => {
  if (alike.length === 0) return false;
  if (sizeBytes <= CHEAP_HASH_BYTES) return true;
  if (alike.length === 1) return isForInference(path);
  return new Set(alike.map(({ sha256 }) => sha256)).size < alike.length;
};

const keyOf = ({ path, sizeBytes }: Pick<CopiedFile, 'path' | 'sizeBytes'>): string => `${sizeBytes} ${path}`;

type FilesHere = ReadonlyMap<string, readonly FileHere[]>;

const known = new WeakMap<Line, Promise<FilesHere>>();

const filesHere = (record: CopyRecord, vault: Vault, line: Line): Promise<FilesHere> => {
  const before = known.get(line);
  if (before !== undefined) return before;
  const reading = readFilesHere(record.id, vault);
  known.set(line, reading);
  return reading;
};

const readFilesHere = async (ownId: string, vault: Vault): Promise<FilesHere> => {
  const here = new Map<string, FileHere[]>();
  for (const entry of await vault.list()) {
    if (entry.kind !== 'copy' || entry.record.id === ownId || entry.record.state !== 'whole') continue;
    for (const [index, { path, sizeBytes, proof }] of entry.record.files.entries()) {
      if (proof === null) continue;
      const file = { copyId: entry.record.id, index, path, sizeBytes, sha256: proof.sha256 };
      here.set(keyOf(file), [...(here.get(keyOf(file)) ?? []), file]);
    }
  }
  return here;
};

const copyFromHere = async (
  { copyId, index, sizeBytes }: FileHere,
  into: SyncedFile,
  vault: Vault,
): Promise<void> => {
  const from = await vault.file(copyId, index);
  if (from?.size !== sizeBytes) return;
  for (let at = 0; at < sizeBytes; at += CHUNK_BYTES)
    into.append(new Uint8Array(await from.slice(at, at + CHUNK_BYTES).arrayBuffer()));
};
