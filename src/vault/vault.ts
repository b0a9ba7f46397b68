import * as v from 'valibot';
import { copyRecordSchema, type CopyRecord } from './copy-record.ts';

/**
 * Checkpoints kept in this browser, in the origin's private file system:
 *
 * ```text
 * checkpoints/<id>/checkpoint.json    what it is, and each file's size, time and hashes
 * checkpoints/<id>/files/<index>      the bytes, by place in that list: names of a server never become names here
 * ```
 *
 * What lies there is the whole truth, and the list is read from it: there is no index that could be lost.
 */
export interface Vault {
  list(): Promise<readonly VaultEntry[]>;
  /** `null`: there is none of that id, or its record can't be read. */
  read(id: string): Promise<CopyRecord | null>;
  /** Writes the record anew, in one step: after a crash it is the old one or the new one. */
  write(record: CopyRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Where the bytes of a file lie; made when it is not there. */
  fileHandle(id: string, index: number): Promise<FileSystemFileHandle>;
  /** A file's bytes as they lie there, `null` when there is none. */
  file(id: string, index: number): Promise<File | null>;
}

/** `damaged`: something is there whose record can't be read. It still takes its room. */
export type VaultEntry =
  { readonly kind: 'copy'; readonly record: CopyRecord } | { readonly kind: 'damaged'; readonly id: string };

const RECORD = 'checkpoint.json';
const FILES = 'files';

/** @param root The private file system's root, `navigator.storage.getDirectory()`. */
export const openVault = (root: () => Promise<FileSystemDirectoryHandle>): Vault => {
  const folderOf = async (id: string, create: boolean): Promise<FileSystemDirectoryHandle | null> => {
    const checkpoints = await maybe((await root()).getDirectoryHandle('checkpoints', { create }));
    return checkpoints === null ? null : maybe(checkpoints.getDirectoryHandle(id, { create }));
  };

  /** The way to a folder is four questions to the browser, which count where there are thousands of files. */
  const filesFolders = new Map<string, FileSystemDirectoryHandle>();
  const filesOf = async (id: string, create: boolean): Promise<FileSystemDirectoryHandle | null> => {
    const known = filesFolders.get(id);
    if (known !== undefined) return known;
    const folder = await folderOf(id, create);
    const files = folder === null ? null : await maybe(folder.getDirectoryHandle(FILES, { create }));
    if (files !== null) filesFolders.set(id, files);
    return files;
  };

  const read = async (id: string): Promise<CopyRecord | null> => {
    const folder = await folderOf(id, false);
    const handle = folder === null ? null : await maybe(folder.getFileHandle(RECORD));
    if (handle === null) return null;
    const parsed = parse(await (await handle.getFile()).text());
    const accepted = v.safeParse(copyRecordSchema, parsed);
    return accepted.success && accepted.output.id === id ? accepted.output : null;
  };

  return {
    read,
    async list() {
      const checkpoints = await maybe((await root()).getDirectoryHandle('checkpoints'));
      if (checkpoints === null) return [];
      const ids: string[] = [];
      for await (const id of checkpoints.keys()) ids.push(id);
      const entries = ids.map(async (id): Promise<VaultEntry> => {
        const record = await read(id).catch(() => null);
        return record === null ? { kind: 'damaged', id } : { kind: 'copy', record };
      });
      return Promise.all(entries);
    },
    async write(record) {
      const folder = await there(folderOf(record.id, true));
      const handle = await folder.getFileHandle(RECORD, { create: true });
      // Written aside and put in place by `close`.
      const writer = await handle.createWritable();
      await writer.write(JSON.stringify(record));
      await writer.close();
    },
    async remove(id) {
      filesFolders.delete(id);
      const checkpoints = await maybe((await root()).getDirectoryHandle('checkpoints'));
      if (checkpoints !== null) await maybe(checkpoints.removeEntry(id, { recursive: true }));
    },
    async fileHandle(id, index) {
      const files = await there(filesOf(id, true));
      return files.getFileHandle(String(index), { create: true });
    },
    async file(id, index) {
      const files = await filesOf(id, false);
      const handle = files === null ? null : await maybe(files.getFileHandle(String(index)));
      return handle === null ? null : handle.getFile();
    },
  };
};

/** The vault of this browser's own profile. */
export const ownVault = (): Vault => openVault(() => navigator.storage.getDirectory());

/** `null` for what is not there; any other trouble goes through. */
const maybe = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (
      error instanceof DOMException &&
      (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')
    )
      return null;
    throw error;
  }
};

const there = async <T>(asked: Promise<T | null>): Promise<T> => {
  const found = await asked;
  if (found === null) throw new Error('The browser gives no room for copies');
  return found;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
