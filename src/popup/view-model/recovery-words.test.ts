import { expect, it } from 'vitest';
import type { RecoveryStepView } from '../../protocol/popup-view.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { recoveryLines } from './recovery-words.ts';

const failed = (error: string): RecoveryStepView => ({ kind: 'train', title: null, state: 'failed', error });

it.each([
  ['kernel-lost', 'The kernel was lost while it ran.'],
  ['cell-not-found', 'The cell is no longer in the notebook.'],
  ['no-kernel', 'No kernel was there to run it.'],
  ['no-answer', 'The notebook page did not answer.'],
  ['page-error', 'The page reported an error, so it was not run.'],
  ["NameError: name 'model' is not defined", "NameError: name 'model' is not defined"],
])('a step that failed by "%s" says why in words', (error, words) =>
  expect(recoveryLines(t, [failed(error)])[0]?.error).toBe(words),
);
