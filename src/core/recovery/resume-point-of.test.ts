import { expect, it } from 'vitest';
import type { Integrity } from '../checkpoint/checkpoint.ts';
import { resumePoint } from './resume-point-of.ts';

it.each<[Integrity, string]>([
  [{ kind: 'complete', resumes: 'exactly' }, 'everything'],
  [{ kind: 'complete', resumes: 'weights-only' }, 'weights-only'],
  [{ kind: 'complete', resumes: 'unknown' }, 'unknown'],
  [{ kind: 'unproven', files: ['last.pkl'] }, 'unknown'],
])('of %j holds %s', (integrity, holds) => {
  const checkpoint = { name: 'epoch=3-step=400.ckpt', form: 'file', step: 400, epoch: 3, integrity } as const;
  expect(resumePoint(checkpoint, 'logs/')).toEqual({
    path: 'logs/epoch=3-step=400.ckpt',
    form: 'file',
    step: 400,
    epoch: 3,
    holds,
  });
});
