import { expect, it, vi } from 'vitest';
import { fail } from '../core/result.ts';
import { beginRun } from '../core/run/run.ts';
import { newRun, wholeCheckpoint } from '../core/run/run-rig.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import { composeResumeCell } from './resume-text.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const run = beginRun(newRun({ cellId: 'train', source: '!python train.py' }));

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
  const checkpoint = wholeCheckpoint(4);
  const written = await composeResumeCell(reader, emptyNotebook(labPage, 'a.ipynb', 1), run, checkpoint);
  expect(written).toEqual(fail('script-not-read'));
});
