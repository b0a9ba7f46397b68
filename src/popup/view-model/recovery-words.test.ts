import { expect, it } from 'vitest';
import type { Drift } from '../../core/recovery/package-versions.ts';
import type { RecoveryStepView } from '../../protocol/popup-view.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { recoveryLines } from './recovery-words.ts';

const failed = (error: string): RecoveryStepView => ({
  kind: 'train',
  title: null,
  sizeBytes: null,
  doneBytes: null,
  state: 'failed',
  unheard: false,
  error,
});
const lineOf = (
  step: RecoveryStepView,
  status: 'running' | 'failed' | 'stopped' = 'failed',
  drift: readonly Drift[] = [],
) => recoveryLines(t, 'notebook', { steps: [step], status, run: { drift } })[0];

it.each([
  ['kernel-lost', 'The kernel was lost while it ran.'],
  ['cell-not-found', 'The cell is no longer in the notebook.'],
  ['no-kernel', 'No kernel was there to run it.'],
  ['no-answer', 'The notebook page did not answer.'],
  ['page-error', 'The page reported an error, so it was not run.'],
  [
    'script-without-flag',
    'Holdfast knows no option of the training script to resume from a checkpoint. Resume by hand from the checkpoint below.',
  ],
  [
    'script-not-read',
    'Holdfast could not read the training script, so it does not know its option to resume. If the script is missing, put it back and try again. Otherwise resume by hand from the checkpoint below.',
  ],
  ["NameError: name 'model' is not defined", "NameError: name 'model' is not defined"],
])('a step that failed by "%s" says why in words', (error, words) =>
  expect(lineOf(failed(error))?.error).toBe(words),
);

it('a cell whose page was loaded anew can be left behind or run again, and it is said that its end is not known', () => {
  const unheard = { ...failed(''), kind: 'setup', state: 'running', error: null, unheard: true } as const;
  const line = lineOf(unheard, 'running');
  expect(line?.advice).toMatch(/^It is not known whether this cell has ended/);
  expect(line?.skip).toMatchObject({ label: 'Go on', action: { kind: 'skip-step' } });
  expect(line?.again).toMatchObject({ label: 'Run again', action: { kind: 'retry-recovery' } });
  const heard = lineOf({ ...unheard, unheard: false }, 'running');
  expect(heard).toMatchObject({ advice: null, again: null, skip: { label: 'Skip' } });
  const ended = lineOf({ ...failed('end-unknown'), kind: 'setup' });
  expect(ended?.advice).toMatch(/^The cell has ended while the page was not there/);
  expect(ended).toMatchObject({ error: null, stateWord: 'not known', again: null, skip: { label: 'Go on' } });
});

it('a known error has the one thing to do beside it', () => {
  const raised =
    "FileNotFoundError: [Errno 2] No such file or directory: 'out/checkpoint-4/trainer_state.json'";
  expect(lineOf(failed(raised))?.advice).toMatch(/Take an older checkpoint/);
  expect(lineOf(failed('ValueError: something else'))?.advice).toBeNull();
  expect(lineOf(failed('kernel-lost'))?.advice).toBeNull();
});

it('an error after other packages were installed has their versions beside it, and the line that undoes it', () => {
  const drift = [
    { name: 'transformers', before: '4.44.0', now: '5.23.0' },
    { name: 'torch', before: '2.5.1+cu121', now: '2.13.0' },
  ];
  const adviceFor = (error: string) => lineOf(failed(error), 'failed', drift)?.advice;
  const sentence =
    'transformers was 4.44.0 when the checkpoint was saved, and is 5.23.0 now. torch was 2.5.1+cu121 when the checkpoint was saved, and is 2.13.0 now. Run this in a cell, restart the kernel, then recover again: %pip install transformers==4.44.0 torch==2.5.1';
  expect(adviceFor('ValueError: loaded state dict has a different number of parameter groups')).toBe(
    sentence,
  );
  expect(adviceFor("AttributeError: 'TrainerState' object has no attribute 'x'")).toBe(sentence);
  expect(adviceFor('AssertionError:'), 'an error without a word').toBe(sentence);
  expect(adviceFor('OutOfMemoryError: CUDA out of memory'), 'the cause is another').toMatch(/memory is full/);
  expect(adviceFor('kernel-lost')).toBeNull();
});

const restoring = {
  ...failed('restore-failed'),
  kind: 'restore',
  title: 'checkpoint-400',
  sizeBytes: 152_000_000,
} as const;

it('a copy that is put back tells how far it is, and can be left out', () => {
  const running = { ...restoring, state: 'running', error: null, doneBytes: 40_000_000 } as const;
  expect(lineOf(running, 'running')).toMatchObject({
    title: 'Put checkpoint-400 back',
    note: '40 MB of 152 MB',
    skip: null,
  });
  expect(lineOf(restoring)).toMatchObject({
    note: '152 MB',
    skip: { action: { kind: 'skip-step', notebookId: 'notebook', index: 0 } },
  });
});

it('the resume cell itself cannot be left out', () => {
  expect(lineOf(failed('no-kernel'))?.skip).toBeNull();
});
