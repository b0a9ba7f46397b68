import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkpointSchema } from './checkpoint.ts';
import { epochsDone, reachOf } from './epochs.ts';

describe('a checkpoint that was recorded before other frameworks were known', () => {
  const old = {
    name: 'checkpoint-400',
    step: 400,
    sizeBytes: 1000,
    modifiedAt: 1,
    integrity: { kind: 'complete', resumes: 'exactly' },
    trainerState: null,
  };
  it('is read as a folder of the Trainer', () => {
    expect(v.parse(checkpointSchema, old)).toEqual({
      ...old,
      framework: 'transformers',
      form: 'folder',
      epoch: null,
    });
  });
});

describe('the epochs that were done', () => {
  it.each([
    ['keras', 3, 3],
    ['mmengine', 1, 1],
    ['lightning', 0, 1],
    ['ultralytics', 9, 10],
    ['keras', null, null],
  ] as const)('%s %s: %s', (framework, epoch, done) => {
    expect(epochsDone({ framework, epoch })).toBe(done);
  });

  it('are the reach where a run counts epochs', () => {
    const checkpoint = { framework: 'lightning', step: 400, epoch: 3 } as const;
    expect(reachOf(checkpoint, 'epochs')).toBe(4);
    expect(reachOf(checkpoint, 'steps')).toBe(400);
  });
});
