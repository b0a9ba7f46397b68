import { describe, expect, test } from 'vitest';
import type { Checkpoint, Integrity } from './checkpoint.ts';
import { newestGood } from './newest-good.ts';
import { checkpointNameIn, nextToGo } from './rotation.ts';

const complete: Integrity = { kind: 'complete', resumes: 'exactly' };

const checkpoint = (
  step: number,
  modifiedAt: number | null,
  integrity: Integrity = complete,
): Checkpoint => ({
  name: `checkpoint-${step}`,
  framework: 'transformers',
  form: 'folder',
  step,
  epoch: null,
  sizeBytes: 1,
  modifiedAt,
  integrity,
  trainerState: null,
});

describe('nextToGo', () => {
  const three = [checkpoint(300, 30_000), checkpoint(100, 10_000), checkpoint(200, 20_000)];
  test.each<[string, readonly Checkpoint[], number | null, string | null, readonly string[]]>([
    ['no limit', three, null, null, []],
    ['a limit of 0 is none', three, 0, null, []],
    ['room for one more', three, 4, null, []],
    ['the oldest', three, 3, null, ['checkpoint-100']],
    ['two, when the limit was lowered', three, 2, null, ['checkpoint-100', 'checkpoint-200']],
    ['not the best', three, 3, './out/checkpoint-100', ['checkpoint-200']],
    [
      'the best and the new one stay even under a limit of 1',
      three,
      1,
      'checkpoint-200',
      ['checkpoint-100', 'checkpoint-300'],
    ],
    ['a best that is gone still counts', [checkpoint(100, 0)], 1, 'checkpoint-50', []],
    [
      'by time: a run that began again',
      [checkpoint(900, 1000), checkpoint(100, 9000)],
      2,
      null,
      ['checkpoint-900'],
    ],
    [
      'by step, when all times are the same',
      [checkpoint(900, 5), checkpoint(100, 6)],
      2,
      null,
      ['checkpoint-100'],
    ],
    [
      'by step, when a time is unknown',
      [checkpoint(900, 1000), checkpoint(100, null)],
      2,
      null,
      ['checkpoint-100'],
    ],
    ['none there', [], 1, null, []],
  ])('%s', (_, checkpoints, limit, best, names) => {
    expect(nextToGo(checkpoints, limit, best)).toEqual(names);
  });

  test.each([
    ['out/checkpoint-10', 'checkpoint-10'],
    ['C:\\out\\checkpoint-10\\', 'checkpoint-10'],
    ['checkpoint-10', 'checkpoint-10'],
    ['out/best', null],
    ['', null],
  ])('name in %j', (path, name) => {
    expect(checkpointNameIn(path)).toBe(name);
  });
});

describe('newestGood', () => {
  const torn = checkpoint(300, 3, {
    kind: 'broken',
    defects: [{ kind: 'file-cut-short', file: 'optimizer.pt' }],
  });
  const writing = checkpoint(400, 4, { kind: 'writing' });

  test('passes over what is not complete and says why', () => {
    expect(newestGood([checkpoint(100, 1), writing, checkpoint(200, 2), torn])).toEqual({
      good: checkpoint(200, 2),
      passedOver: [
        { name: 'checkpoint-400', step: 400, integrity: 'writing', defects: [] },
        {
          name: 'checkpoint-300',
          step: 300,
          integrity: 'broken',
          defects: [{ kind: 'file-cut-short', file: 'optimizer.pt' }],
        },
      ],
    });
  });

  test('leaves out what an earlier run left behind', () => {
    const found = newestGood([checkpoint(900, 1), checkpoint(200, 2)], ({ step }) => step !== 900);
    expect(found).toEqual({ good: checkpoint(200, 2), passedOver: [] });
  });

  test('finds none', () => {
    expect(newestGood([torn]).good).toBeNull();
    expect(newestGood([])).toEqual({ good: null, passedOver: [] });
  });
});
