import { expect, it } from 'vitest';
import { memoryVault } from '../vault/memory-vault.ts';
import type { Job, StoredJobState } from './job.ts';
import { createRestoreHand } from './restore-hand.ts';

const job = (state: StoredJobState, to: Job['to'] = 'server'): Job => ({
  id: 'job',
  notebookId: 'notebook',
  createdAt: 0,
  extent: 'everything',
  to,
  items: [
    {
      name: 'checkpoint-7',
      folder: 'outputs/checkpoint-7',
      framework: 'transformers',
      form: 'folder',
      step: 7,
      epoch: null,
      loss: null,
      sizeBytes: 1,
      copyId: 'copy',
      checked: 'verified',
    },
  ],
  occupied: 'ask',
  state,
  download: null,
});
const done: StoredJobState = { kind: 'done', checked: 'verified', sizeBytes: 1, asideAs: null };
const failed: StoredJobState = { kind: 'failed', why: { kind: 'page-not-open' } };

/** What is done when a job is over, in its order. */
const doneFor = async (over: Job): Promise<readonly string[]> => {
  const calls: string[] = [];
  const hand = createRestoreHand(
    { get: () => null },
    memoryVault(),
    { ask: async () => undefined },
    { restored: async (_id, copyId, why) => void calls.push(`${copyId} restored: ${why}`) },
    { settle: async (id) => void calls.push(`looks at ${id}`) },
  );
  await hand.over(over);
  return calls;
};

it('looks at what was put back at once, before the cells run that take their time', async () => {
  expect(await doneFor(job(done))).toEqual(['looks at notebook', 'copy restored: null']);
});

it('tells that nothing was put back, and looks at nothing', async () => {
  expect(await doneFor(job(failed))).toEqual(['copy restored: restore-failed']);
  expect(await doneFor(job({ kind: 'moving' }))).toEqual(['copy restored: restore-cancelled']);
});

it('has no part in what is brought home', async () => {
  expect(await doneFor(job(done, 'browser'))).toEqual([]);
});
