import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CopyRecord } from './copy-record.ts';
import type { Vault } from './vault.ts';

/** A vault for tests outside of a browser. */
export interface MemoryVault extends Vault {
  /** A whole copy of these files, by path. */
  keep(files: Readonly<Record<string, Uint8Array>>, more?: Partial<CopyRecord>): CopyRecord;
  ids(): readonly string[];
}

export const memoryVault = (): MemoryVault => {
  const records = new Map<string, CopyRecord>();
  const bytes = new Map<string, Uint8Array[]>();
  return {
    keep(files, more = {}) {
      const record: CopyRecord = { ...recordOf(files), id: `copy-${records.size + 1}`, ...more };
      records.set(record.id, record);
      bytes.set(record.id, Object.values(files));
      return record;
    },
    ids: () => [...records.keys()],
    list: async () => [...records.values()].map((record) => ({ kind: 'copy', record })),
    read: async (id) => records.get(id) ?? null,
    write: async (record) => void records.set(record.id, record),
    remove: async (id) => {
      records.delete(id);
      bytes.delete(id);
    },
    fileHandle: async (id, index) => {
      const files = bytes.get(id) ?? [];
      bytes.set(id, files);
      return handleOf(files, index);
    },
    file: async (id, index) => {
      const found = bytes.get(id)?.[index];
      return found === undefined ? null : new File([new Uint8Array(found)], String(index));
    },
  };
};

/** The handle of a file that is written to by its synchronous access alone, as workers do. */
const handleOf = (files: Uint8Array[], index: number): FileSystemFileHandle => {
  const now = (): Uint8Array => files[index] ?? new Uint8Array(0);
  const none = () => Promise.reject(new Error('Only browsers have these'));
  files[index] = now();
  return {
    kind: 'file',
    name: String(index),
    isSameEntry: none,
    createWritable: none,
    getFile: async () => new File([new Uint8Array(now())], String(index)),
    createSyncAccessHandle: async () => ({
      read: (into, { at }) => {
        const part = now().subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (part, { at }) => {
        const grown = new Uint8Array(Math.max(now().length, at + part.length));
        grown.set(now());
        grown.set(part, at);
        files[index] = grown;
        return part.length;
      },
      getSize: () => now().length,
      truncate: (size) => {
        files[index] = now().slice(0, size);
      },
      flush: () => undefined,
      close: () => undefined,
    }),
  };
};

const recordOf = (files: Readonly<Record<string, Uint8Array>>): CopyRecord => ({
  version: 1,
  id: '',
  from: { origin: 'http://localhost', basePath: '/', folder: 'outputs/checkpoint-7' },
  notebook: { id: 'notebook', name: 'story.ipynb' },
  name: 'checkpoint-7',
  framework: 'transformers',
  form: 'folder',
  step: 7,
  epoch: null,
  loss: null,
  extent: 'everything',
  purpose: 'keep',
  begunAt: 0,
  state: 'whole',
  files: Object.entries(files).map(([path, content]) => ({
    path,
    sizeBytes: content.length,
    modifiedAt: null,
    proof: {
      crc32: crc32(content),
      sha256: createHash('sha256').update(content).digest('hex'),
      by: 'hash',
    },
  })),
  emptyFolders: [],
});
