import { describe, expect, it } from 'vitest';
import { readTraining } from '../source/read-training.ts';
import type { ResumeFlag } from '../source/training-source.ts';
import { holdfastComment, holdfastPrefix, isHoldfastCell } from './holdfast-cell.ts';
import type { Note } from './idioms/idiom.ts';
import type { ResumePoint } from './resume-point.ts';
import { writeResumeCell, type ResumeTarget } from './resume-cell.ts';

const flag: ResumeFlag = { name: '--resume_from_checkpoint', takesValue: true, used: true };
const path = 'outputs/checkpoint-400';

const at = (checkpoint: string): ResumePoint => ({
  path: checkpoint,
  form: 'folder',
  step: 400,
  epoch: null,
  holds: 'everything',
});
const noteText = ({ kind }: Note): string => kind;

function targetOf(source: string, resumeFlag: ResumeFlag | null): ResumeTarget {
  const { call, script } = readTraining([{ id: 'a', source }], 'a');
  if (call !== null) return { kind: 'call', call };
  if (script === null) throw new Error(`nothing trains in ${source}`);
  return { kind: 'script', script, flag: resumeFlag };
}

/** The resume cell of a cell, or the failure. */
function write(source: string, checkpointPath = path, resumeFlag: ResumeFlag | null = flag): string {
  const target = targetOf(source, resumeFlag);
  const written = writeResumeCell({
    source,
    target,
    point: at(checkpointPath),
    comment: 'Holdfast: step 400',
    noteText,
  });
  return written.ok ? written.value.source : written.failure.kind;
}

const line = '# Holdfast: step 400\n';

describe('writeResumeCell for a call', () => {
  it.each([
    [
      'trainer_stats = trainer.train()',
      `${line}trainer_stats = trainer.train(resume_from_checkpoint="${path}")`,
    ],
    ['%%time\ntrainer.train()', `%%time\n${line}trainer.train(resume_from_checkpoint="${path}")`],
    [
      '%%capture out\n%%time\n# mine\ntrainer.train()',
      `%%capture out\n%%time\n${line}# mine\ntrainer.train(resume_from_checkpoint="${path}")`,
    ],
    [
      '#@title Train\n%%time\ntrainer.train()',
      `#@title Train\n%%time\n${line}trainer.train(resume_from_checkpoint="${path}")`,
    ],
    ['%time trainer.train()', `${line}%time trainer.train(resume_from_checkpoint="${path}")`],
    [
      '!ls {x}\nawait trainer.train()',
      `${line}!ls {x}\nawait trainer.train(resume_from_checkpoint="${path}")`,
    ],
    [
      'trainer.train(a=1, # x\n b=2,)',
      `${line}trainer.train(a=1, # x\n b=2, resume_from_checkpoint="${path}",)`,
    ],
    [
      '# Holdfast: step 200\ntrainer.train(resume_from_checkpoint="outputs/checkpoint-200")',
      `${line}trainer.train(resume_from_checkpoint="${path}")`,
    ],
    [
      '%%time\n# Holdfast old\ntrainer.train()',
      `%%time\n${line}trainer.train(resume_from_checkpoint="${path}")`,
    ],
  ])('%j', (source, expected) => {
    expect(write(source)).toBe(expected);
  });

  it('is stable: resuming a resume cell replaces its comment and its path', () => {
    const once = write('%%time\nx = trainer.train(\n)\n');
    expect(write(once)).toBe(once);
    expect(write(once, 'b')).toBe(once.replace(path, 'b'));
  });

  it.each([
    ['trainer.train(*args)', 'unreadable-arguments'],
    ['unsloth_train(trainer, *args)', 'unreadable-arguments'],
  ])('%j: %s', (source, failure) => {
    expect(write(source)).toBe(failure);
  });

  it('does not edit a source that is not the one that was read', () => {
    const target = targetOf('trainer.train()', null);
    const input = { source: 'x = 1\ntrainer.train()', target, point: at(path), comment: '', noteText };
    expect(writeResumeCell(input)).toEqual({ ok: false, failure: { kind: 'no-train-call' } });
  });
});

describe('writeResumeCell for a script', () => {
  it.each([
    ['!python train.py', `${line}!python train.py --resume_from_checkpoint ${path}`],
    [
      'x = 1\n!python train.py --a 1 > log.txt 2>&1\ny',
      `${line}x = 1\n!python train.py --a 1 --resume_from_checkpoint ${path} > log.txt 2>&1\ny`,
    ],
    [
      '!python train.py --a 1 \\\n  --b 2 | tee log',
      `${line}!python train.py --a 1 \\\n  --b 2 --resume_from_checkpoint ${path} | tee log`,
    ],
    [
      '!cd d && python train.py && ls',
      `${line}!cd d && python train.py --resume_from_checkpoint ${path} && ls`,
    ],
    [
      '!python train.py --resume_from_checkpoint old --a',
      `${line}!python train.py --resume_from_checkpoint ${path} --a`,
    ],
    [
      '!python train.py --resume-from-checkpoint="o ld" --a',
      `${line}!python train.py --resume-from-checkpoint=${path} --a`,
    ],
    [
      '!python train.py --resume_from_checkpoint --a',
      `${line}!python train.py --resume_from_checkpoint ${path} --a`,
    ],
    ['%run train.py --a', `${line}%run train.py --a --resume_from_checkpoint ${path}`],
    [
      '%%bash\npython train.py --a\nls',
      `%%bash\n${line}python train.py --a --resume_from_checkpoint ${path}\nls`,
    ],
    [
      '%%bash\n# Holdfast: old\npython train.py',
      `%%bash\n${line}python train.py --resume_from_checkpoint ${path}`,
    ],
  ])('%j', (source, expected) => {
    expect(write(source)).toBe(expected);
  });

  it.each([
    [null, 'script-without-flag'],
    [{ ...flag, takesValue: false }, 'script-flag-takes-no-value'],
    [{ ...flag, used: false }, 'script-ignores-flag'],
  ])('flag %j: %s', (resumeFlag, failure) => {
    expect(write('!python train.py', path, resumeFlag)).toBe(failure);
  });

  it.each([
    ['!python train.py', 'a\ud800'],
    ['!python train.py', 'a\0'],
    ['!python train.py', 'a\n'],
    ['%run train.py', 'a{b}'],
    ['%run train.py', 'a*'],
  ])('%j cannot be given %j', (source, checkpointPath) => {
    expect(write(source, checkpointPath)).toBe('path-not-writable');
  });

  it('does not edit a source that is not the one that was read', () => {
    const target = targetOf('!python train.py', flag);
    const input = { source: ' !python train.py', target, point: at(path), comment: '', noteText };
    expect(writeResumeCell(input)).toEqual({ ok: false, failure: { kind: 'no-script-call' } });
  });
});

describe('the Holdfast comment', () => {
  it.each([
    ['Holdfast: step 4', '# Holdfast: step 4'],
    ['resumes', '# Holdfast: resumes'],
    ['Holdfaster', '# Holdfast: Holdfaster'],
    ['Holdfast: a\nimport os\r\u2028x', '# Holdfast: a import os x'],
    ['', '# Holdfast: '],
  ])('%j → %j', (text, comment) => {
    expect(holdfastComment(text)).toBe(comment);
    expect(isHoldfastCell(`${comment}\nx`)).toBe(true);
  });

  it.each([
    [`${holdfastPrefix} x\ny`, true],
    [`%%time\n${holdfastPrefix}`, true],
    [`${holdfastPrefix}ness\ny`, false],
    [`x\n${holdfastPrefix}`, false],
    ['# mine', false],
    ['', false],
  ])('%j is a Holdfast cell: %s', (source, expected) => {
    expect(isHoldfastCell(source)).toBe(expected);
  });
});
