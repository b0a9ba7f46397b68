import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CopyTask } from '../protocol/transfer-message.ts';
import { startFaultyServer, type FaultyServer } from '../runtime/faulty-server.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { SyncedFile } from '../vault/synced-file.ts';
import type { Vault } from '../vault/vault.ts';
import { takeFileHereAlready } from './file-here-already.ts';
import { openLine } from './line.ts';

const AT = Date.parse('2026-08-14T03:12:40Z');
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A server that tells of one file its size, its time and its hash. */
const serverWith = (
  bytes: Buffer,
  more: { hash?: string; last_modified?: string } = {},
): Promise<FaultyServer> =>
  startFaultyServer((_request, response) => {
    const entry = { name: 'tokenizer.model', path: 'tokenizer.model', type: 'file', size: bytes.length };
    const hashed = { hash: sha(bytes), hash_algorithm: 'sha256', last_modified: new Date(AT).toISOString() };
    response.end(JSON.stringify({ ...entry, ...hashed, ...more }));
  });

const file = (bytes: Buffer, path = 'tokenizer.model'): CopiedFile => ({
  path,
  sizeBytes: bytes.length,
  modifiedAt: AT,
  proof: null,
});

const record = (
  id: string,
  files: readonly CopiedFile[],
  state: CopyRecord['state'] = 'whole',
): CopyRecord => ({
  version: 1,
  id,
  from: { origin: 'http://localhost:8888', basePath: '/', folder: 'outputs/checkpoint-100' },
  notebook: { id: 'n', name: 'n.ipynb' },
  name: 'checkpoint-100',
  framework: 'transformers',
  form: 'folder',
  step: 100,
  epoch: null,
  loss: null,
  extent: 'everything',
  purpose: 'automatic',
  begunAt: 0,
  state,
  files,
  emptyFolders: [],
});

interface Kept {
  readonly bytes: Buffer;
  /** What really lies there, where that is another thing. */
  readonly lies?: Buffer | null;
  readonly path?: string;
  readonly state?: CopyRecord['state'];
}

/** A vault with one file in each copy. */
const vaultWith = (kept: readonly Kept[]): Pick<Vault, 'list' | 'file'> => ({
  list: async () =>
    kept.map(({ bytes, path, state }, index) => {
      const proof = { crc32: crc32(bytes), sha256: sha(bytes), by: 'hash' } as const;
      return { kind: 'copy', record: record(`copy-${index}`, [{ ...file(bytes, path), proof }], state) };
    }),
  file: async (id) => {
    const of = kept[Number(id.replace('copy-', ''))];
    const lies = of?.lies === undefined ? of?.bytes : of.lies;
    return lies === undefined || lies === null ? null : new File([new Uint8Array(lies)], '0');
  },
});

const memoryFile = (): SyncedFile & { readonly content: () => Buffer } => {
  let content = Buffer.alloc(0);
  return {
    content: () => content,
    sizeBytes: () => content.length,
    read: (into, at) => content.copy(into, 0, at),
    append: (bytes) => void (content = Buffer.concat([content, bytes])),
    truncate: (sizeBytes) => void (content = content.subarray(0, sizeBytes)),
    flush: () => undefined,
    close: () => undefined,
  };
};

const take = async (server: FaultyServer, wanted: CopiedFile, kept: readonly Kept[]) => {
  const task: CopyTask = {
    kind: 'copy',
    taskId: 't',
    server: { address: server.address, access: {} },
    folder: 'outputs/checkpoint-200',
    notebook: { id: 'n', name: 'n.ipynb' },
    name: 'checkpoint-200',
    framework: 'transformers',
    form: 'folder',
    step: 200,
    epoch: null,
    loss: null,
    extent: 'everything',
    purpose: 'automatic',
    live: null,
  };
  const line = openLine({
    server: task.server,
    signal: new AbortController().signal,
    renew: async () => null,
    onTryingAgain: () => undefined,
  });
  const into = memoryFile();
  const vault = vaultWith(kept);
  const none = (): never => {
    throw new Error('not asked for here');
  };
  const whole: Vault = { ...vault, read: none, write: none, remove: none, fileHandle: none };
  await takeFileHereAlready(task, wanted, record('own', [wanted], 'copying'), into, whole, line);
  return into.content();
};

describe('a file that another copy holds', () => {
  const bytes = randomBytes(5_000_000);

  it('is taken from there', async () => {
    await using server = await serverWith(bytes);
    expect((await take(server, file(bytes), [{ bytes }])).equals(bytes)).toBe(true);
    expect(server.requests.map(({ url }) => url).join(), 'not a byte of it').not.toContain('/files/');
  });

  const other = randomBytes(bytes.length);
  it.each<[string, readonly Kept[], object]>([
    ['of another content', [{ bytes: other }], {}],
    ['under another name', [{ bytes, path: 'vocab.model' }], {}],
    ['in a copy that is not whole', [{ bytes, state: 'copying' }], {}],
    ['where the server tells no hash', [{ bytes }], { hash_algorithm: 'md5' }],
    ['that was written anew meanwhile', [{ bytes }], { last_modified: '2026-08-14T03:12:41Z' }],
    ['in a copy whose bytes are gone', [{ bytes, lies: null }], {}],
    ['in a copy of which only a part is left', [{ bytes, lies: bytes.subarray(1) }], {}],
  ])('is brought %s', async (_what, kept, more) => {
    await using server = await serverWith(bytes, more);
    expect((await take(server, file(bytes), kept)).length).toBe(0);
  });

  it('is not asked about where no copy has one like it', async () => {
    await using server = await serverWith(bytes);
    await take(server, file(bytes), [{ bytes: randomBytes(10) }]);
    expect(server.requests).toEqual([]);
  });
});

describe('a large file, whose hash costs the server something', () => {
  const LARGE = 65 * 1024 * 1024;
  const a = Buffer.alloc(LARGE, 1);
  const b = Buffer.alloc(LARGE, 2);
  it.each<[string, string, readonly Kept[], boolean]>([
    ['weights that were kept once', 'model.safetensors', [{ bytes: a }], true],
    ['weights that were the same twice', 'model.safetensors', [{ bytes: a }, { bytes: a }], true],
    ['weights that changed', 'model.safetensors', [{ bytes: a }, { bytes: b }], false],
    ["the optimizer's state", 'optimizer.pt', [{ bytes: b }], false],
  ])('%s', async (_what, path, kept, asked) => {
    await using server = await serverWith(a);
    const taken = await take(
      server,
      file(a, path),
      kept.map((each) => ({ ...each, path })),
    );
    expect(server.requests.length > 0).toBe(asked);
    expect(taken.length > 0).toBe(asked);
  });
});
