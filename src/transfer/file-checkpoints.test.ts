import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { torchFile } from '../core/checkpoint/file-fixtures.ts';
import type { CopyTask, RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import { startRealServer, type RealServer } from '../runtime/real-server.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import { memoryVault, type MemoryVault } from '../vault/memory-vault.ts';
import { copyCheckpoint } from './copy-checkpoint.ts';
import { openLine, type Line } from './line.ts';
import { TaskStopped } from './report.ts';
import { restoreCopy } from './restore-copy.ts';
import { zipContents } from './zip-members.ts';

/** Checkpoints without a folder of their own, on a real server: copied, put into a zip, and put back. */
const root = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
const folder = join(root, 'runs/exp');
let server: RealServer;
beforeAll(async () => {
  server = await startRealServer(root);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

const bytesOf = (seed: number): Uint8Array => torchFile({ contentBytes: 20_000 + seed });
/** Their names, the bytes by name, and what of the folder belongs to each. */
const LIGHTNING = { name: 'epoch=3-step=400.ckpt', form: 'file', framework: 'lightning' } as const;
const LOOP = { name: 'last.pt', form: 'file', framework: 'pytorch' } as const;
const PADDLE = { name: 'latest', form: 'prefix', framework: 'paddle' } as const;
const TENSORFLOW = { name: 'ckpt-1', form: 'prefix', framework: 'tensorflow' } as const;
const INDEX_END = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const FILES = {
  [LIGHTNING.name]: bytesOf(1),
  'epoch=4-step=500.ckpt': bytesOf(2),
  [LOOP.name]: bytesOf(3),
  'latest.pdparams': bytesOf(4),
  'latest.pdopt': bytesOf(5),
  'ckpt-1.data-00000-of-00001': bytesOf(6),
  'ckpt-1.index': Uint8Array.from([...new Uint8Array(100), ...INDEX_END]),
  'ckpt-10.data-00000-of-00001': bytesOf(7),
  'ckpt-10.index': Uint8Array.from([...new Uint8Array(101), ...INDEX_END]),
  'notes.txt': Buffer.from('mine'),
};
const CASES = [
  [LIGHTNING, [LIGHTNING.name]],
  [LOOP, [LOOP.name]],
  [PADDLE, ['latest.pdopt', 'latest.pdparams']],
  [TENSORFLOW, ['ckpt-1.data-00000-of-00001', 'ckpt-1.index']],
] as const;

const lie = (files: Readonly<Record<string, Uint8Array>>): void => {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
};
/** The server has a hidden folder of its own beside what it changes. */
const seen = (): readonly string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));
const isAsBefore = (names: readonly string[] = Object.keys(FILES)): void => {
  for (const [name, bytes] of Object.entries(FILES))
    if (names.includes(name)) expect(readFileSync(join(folder, name)).equals(bytes), name).toBe(true);
};

beforeEach(() => {
  rmSync(join(root, 'runs'), { recursive: true, force: true });
  lie(FILES);
});

const lineTo = (): Line =>
  openLine({
    server: { address: server.address, access: server.access },
    signal: new AbortController().signal,
    renew: async () => null,
    onTryingAgain: () => undefined,
  });
const meter = { add: () => undefined, total: () => undefined };

const orWhy = async (work: Promise<TaskEnd>): Promise<TaskEnd | TaskStopped['why']> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TaskStopped) return error.why;
    throw error;
  }
};

type Named = Pick<CopyTask, 'name' | 'form' | 'framework'>;

const copy = (vault: MemoryVault, named: Named, line = lineTo()): Promise<TaskEnd | TaskStopped['why']> => {
  const reached = { address: { ...server.address, basePath: '/' }, access: server.access };
  const task: CopyTask = {
    kind: 'copy',
    taskId: 't',
    server: reached,
    folder: `runs/exp/${named.name}`,
    notebook: { id: 'n', name: 'n.ipynb' },
    ...named,
    step: null,
    epoch: 3,
    loss: null,
    extent: 'everything',
    purpose: 'keep',
    live: null,
  };
  const tools = {
    vault,
    line,
    meter,
    hashBeside: () => {
      throw new Error('all of these are small');
    },
    lives: { join: () => null, finish: async () => null, stop: () => undefined },
    newId: () => crypto.randomUUID(),
    now: () => 0,
  };
  return orWhy(copyCheckpoint(task, tools));
};

const copied = async (vault: MemoryVault, named: Named): Promise<CopyRecord> => {
  const end = await copy(vault, named);
  const record = end?.kind === 'copied' ? await vault.read(end.copyId) : null;
  if (record === null) throw new Error(`not copied: ${JSON.stringify(end)}`);
  return record;
};

const putBack = (
  vault: MemoryVault,
  { id, from }: CopyRecord,
  occupied: RestoreTask['occupied'] = 'ask',
): Promise<TaskEnd | TaskStopped['why']> => {
  const reached = { address: { origin: '', basePath: '' }, access: {} };
  const task = { kind: 'restore', taskId: 't', server: reached, copyId: id, folder: from.folder } as const;
  return orWhy(restoreCopy({ ...task, occupied }, vault, lineTo(), meter));
};

/** A line that does something to the folder when it was asked for the hash of a file. */
const lineWith = (atHash: () => void): Line => {
  const line = lineTo();
  let asked = 0;
  return {
    ask: async (question) => {
      const answer = await line.ask(question);
      asked += 1;
      if (asked === 2) atHash();
      return answer;
    },
  };
};

describe('copied', () => {
  it.each(CASES)('%j: its own files and no others, each by its hash', async (named, names) => {
    const vault = memoryVault();
    const record = await copied(vault, named);
    expect(record).toMatchObject({
      ...named,
      state: 'whole',
      epoch: 3,
      from: { folder: `runs/exp/${named.name}` },
    });
    expect(record.files.map(({ path }) => path)).toEqual(names);
    expect(record.files.map(({ proof }) => proof?.by)).toEqual(names.map(() => 'hash'));
  });

  it('again when nothing changed it is the copy that is here', async () => {
    const vault = memoryVault();
    const { id } = await copied(vault, LOOP);
    expect((await copied(vault, LOOP)).id).toBe(id);
  });

  it('again when it was written over it is another copy, and the first one stays', async () => {
    const vault = memoryVault();
    const first = await copied(vault, LOOP);
    lie({ [LOOP.name]: bytesOf(9) });
    const second = await copied(vault, LOOP);
    expect(vault.ids()).toEqual([first.id, second.id]);
  });

  it('is told when it is written over meanwhile, and nothing is kept of it', async () => {
    const vault = memoryVault();
    const line = lineWith(() => lie({ [LOOP.name]: bytesOf(9) }));
    expect(await copy(vault, LOOP, line)).toEqual({ kind: 'changed', name: LOOP.name });
    expect(vault.ids()).toEqual([]);
  });

  it('is told when a sibling of its name is gone meanwhile', async () => {
    const vault = memoryVault();
    const line = lineWith(() => rmSync(join(folder, 'latest.pdopt')));
    expect(await copy(vault, PADDLE, line)).toEqual({ kind: 'changed', name: PADDLE.name });
    expect(vault.ids()).toEqual([]);
  });

  it('is no copy where it stood half written', async () => {
    const vault = memoryVault();
    lie({ [LOOP.name]: bytesOf(3).subarray(0, 5000) });
    utimesSync(join(folder, LOOP.name), 1000, 1000);
    expect(await copy(vault, LOOP)).toEqual({ kind: 'changed', name: LOOP.name });
    expect(vault.ids()).toEqual([]);
  });

  it('is told when it is not there', async () => {
    rmSync(join(folder, LOOP.name));
    expect(await copy(memoryVault(), LOOP)).toEqual({ kind: 'gone', name: LOOP.name });
  });
});

describe('in a zip', () => {
  it('files lie at the top, and a second of a name in a folder', async () => {
    const vault = memoryVault();
    const copies = [await copied(vault, LIGHTNING), await copied(vault, PADDLE), await copied(vault, LOOP)];
    lie({ [LOOP.name]: bytesOf(9) });
    const { members } = await zipContents([...copies, await copied(vault, LOOP)], vault);
    expect(members.map(({ name }) => name)).toEqual([
      'epoch=3-step=400.ckpt',
      'latest.pdopt',
      'latest.pdparams',
      'last.pt',
      'last.pt (2)/last.pt',
    ]);
  });
});

describe('put back', () => {
  it.each(CASES)('%j: beside its siblings, which stay', async (named, names) => {
    const vault = memoryVault();
    const record = await copied(vault, named);
    for (const name of names) rmSync(join(folder, name));
    expect(await putBack(vault, record)).toMatchObject({
      kind: 'restored',
      checked: 'verified',
      asideAs: null,
    });
    isAsBefore();
    expect(seen().toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  it.each(CASES)('%j: where the machine is new and has no such folder', async (named, names) => {
    const vault = memoryVault();
    const record = await copied(vault, named);
    rmSync(join(root, 'runs'), { recursive: true });
    expect(await putBack(vault, record)).toMatchObject({ kind: 'restored', checked: 'verified' });
    isAsBefore(names);
    expect(seen().toSorted()).toEqual(names);
  });

  it.each(CASES)('%j: nothing is done where it lies already', async (named) => {
    const vault = memoryVault();
    const record = await copied(vault, named);
    for (const occupied of ['ask', 'move-aside'] as const)
      expect(await putBack(vault, record, occupied)).toMatchObject({ kind: 'restored', asideAs: null });
    expect(seen().toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  it('what is in the way is left alone', async () => {
    const vault = memoryVault();
    const record = await copied(vault, LOOP);
    lie({ [LOOP.name]: Buffer.from('another') });
    expect(await putBack(vault, record)).toEqual({ kind: 'in-the-way', name: LOOP.name });
    expect(readFileSync(join(folder, LOOP.name)).toString()).toBe('another');
    expect(seen().toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  it('what is in the way is moved aside when that is wanted, by a name that is free', async () => {
    const vault = memoryVault();
    const record = await copied(vault, LOOP);
    lie({ [LOOP.name]: Buffer.from('another'), 'before-restore-1.last.pt': Buffer.from('older') });
    const asideAs = 'runs/exp/before-restore-2.last.pt';
    expect(await putBack(vault, record, 'move-aside')).toMatchObject({ kind: 'restored', asideAs });
    isAsBefore();
    expect(readFileSync(join(root, asideAs)).toString()).toBe('another');
    expect(readFileSync(join(folder, 'before-restore-1.last.pt')).toString()).toBe('older');
  });

  it('of several files only those that differ are moved, and a folder in the way as well', async () => {
    const vault = memoryVault();
    const record = await copied(vault, PADDLE);
    rmSync(join(folder, 'latest.pdopt'));
    mkdirSync(join(folder, 'latest.pdopt'));
    expect(await putBack(vault, record)).toEqual({ kind: 'in-the-way', name: 'latest.pdopt' });
    const asideAs = 'runs/exp/before-restore-1.latest';
    expect(await putBack(vault, record, 'move-aside')).toMatchObject({ kind: 'restored', asideAs });
    isAsBefore();
    expect(seen()).toContain('before-restore-1.latest.pdopt');
    expect(seen()).not.toContain('before-restore-1.latest.pdparams');
  });

  it('a file of another checkpoint of that name is in the way, too', async () => {
    const vault = memoryVault();
    const record = await copied(vault, PADDLE);
    lie({ 'latest.states': bytesOf(7) });
    expect(await putBack(vault, record)).toEqual({ kind: 'in-the-way', name: 'latest.states' });
    expect(await putBack(vault, record, 'move-aside')).toMatchObject({ kind: 'restored' });
    expect(seen()).not.toContain('latest.states');
    expect(seen()).toContain('before-restore-1.latest.states');
  });

  it('takes up what an earlier try left, and takes nothing on trust', async () => {
    const vault = memoryVault();
    const record = await copied(vault, PADDLE);
    rmSync(join(folder, 'latest.pdparams'));
    lie({ 'restoring.latest.pdparams.holdfast-part': new Uint8Array(FILES['latest.pdparams'].length) });
    expect(await putBack(vault, record)).toMatchObject({ kind: 'restored', checked: 'verified' });
    isAsBefore();
    expect(seen().toSorted()).toEqual(Object.keys(FILES).toSorted());
  });
});
