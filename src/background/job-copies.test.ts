import { describe, expect, it } from 'vitest';
import type { CopyRecord } from '../vault/copy-record.ts';
import { memoryVault, type MemoryVault } from '../vault/memory-vault.ts';
import { takeAwayOf, takeAwayOrphans } from './job-copies.ts';
import { itemOfFolder } from './job-items.ts';
import type { Job } from './job.ts';

const job = (id: string, to: Job['to'], folder: string, more: Partial<Job> = {}): Job => ({
  id,
  notebookId: 'notebook',
  createdAt: 0,
  extent: 'everything',
  to,
  items: [itemOfFolder(folder)].filter((item) => item !== null),
  occupied: 'ask',
  state: { kind: 'paused' },
  download: null,
  ...more,
});

const copy = (
  vault: MemoryVault,
  folder: string,
  more: Pick<CopyRecord, 'state' | 'purpose'> & Partial<CopyRecord>,
): string =>
  vault.keep({ a: Buffer.from('a') }, { from: { origin: 'o', basePath: '/', folder }, ...more }).id;

const begunForZip = { state: 'copying', purpose: 'zip' } as const;
const begunToKeep = { state: 'copying', purpose: 'keep' } as const;
const kept = { state: 'whole', purpose: 'keep' } as const;

describe('a cancelled job', () => {
  it('leaves nothing of its own behind, and what was kept before', async () => {
    const vault = memoryVault();
    copy(vault, 'out/a', begunForZip);
    copy(vault, 'out/a', begunToKeep);
    const stays = [
      copy(vault, 'out/a', kept),
      copy(vault, 'out/b', begunForZip),
      copy(vault, 'out/a', { ...begunForZip, notebook: { id: 'another', name: 'b' } }),
    ];
    const cancelled = job('1', 'zip', 'out/a');
    await takeAwayOf(vault, cancelled, [cancelled], 'cancelled');
    expect(vault.ids()).toEqual(stays);
  });

  it('takes nothing away that another job copies of the same folder', async () => {
    const vault = memoryVault();
    const shared = copy(vault, 'out/a', begunForZip);
    const [cancelled, other] = [job('1', 'zip', 'out/a'), job('2', 'browser', 'out/a')];
    await takeAwayOf(vault, cancelled, [cancelled, other], 'cancelled');
    expect(vault.ids()).toEqual([shared]);

    const over = { ...other, state: { kind: 'failed', why: { kind: 'zip-differs' } } } as const;
    await takeAwayOf(vault, cancelled, [cancelled, over], 'cancelled');
    expect(vault.ids()).toEqual([]);
  });
});

it('a job that failed and is dismissed leaves the beginning of what was to be kept', async () => {
  const vault = memoryVault();
  copy(vault, 'out/a', begunForZip);
  const stays = copy(vault, 'out/a', begunToKeep);
  const dismissed = job('1', 'browser', 'out/a');
  await takeAwayOf(vault, dismissed, [dismissed], 'dismissed');
  expect(vault.ids()).toEqual([stays]);
});

it('copies for zips that nobody waits for go, and no others', async () => {
  const vault = memoryVault();
  copy(vault, 'out/a', begunForZip);
  const stays = [copy(vault, 'out/a', begunToKeep), copy(vault, 'out/b', begunForZip)];
  await takeAwayOrphans(vault, [job('1', 'zip', 'out/b')]);
  expect(vault.ids()).toEqual(stays);
});
