import { expect, it, vi } from 'vitest';
import { fail } from '../core/result.ts';
import { beginRun } from '../core/run/run.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import { composeResumeCell } from './resume-text.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const run = beginRun({
  id: 'run',
  kernelId: 'k',
  executionId: 'e',
  cellId: 'train',
  source: '!python train.py',
  startedAt: 1,
  plan: { maxSteps: null, saveSteps: null, saveStrategy: null, saveTotalLimit: null },
  folder: { kind: 'known', asWritten: 'outputs', onServer: 'outputs', from: 'source', seen: true },
});

it('of a script that could not be read it is not said that it cannot resume', async () => {
  const script = { cellId: 'train', from: 0, to: 16, script: 'train.py' };
  const reader = {
    training: async () => ({
      framework: null,
      training: null,
      scriptTraining: null,
      arguments: null,
      call: null,
      script,
      given: [],
      way: 'not-read' as const,
    }),
    script: async () => null,
  };
  const checkpoint = {
    name: 'checkpoint-4',
    form: 'folder',
    step: 4,
    epoch: null,
    integrity: { kind: 'complete', resumes: 'exactly' },
  } as const;
  const written = await composeResumeCell(reader, emptyNotebook(labPage, 'a.ipynb', 1), run, checkpoint);
  expect(written).toEqual(fail('script-not-read'));
});
