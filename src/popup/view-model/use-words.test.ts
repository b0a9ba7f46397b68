import { describe, expect, it } from 'vitest';
import type { UseCellView, UsesView } from '../../protocol/use-view.ts';
import { notebook, run, training, wholeCheckpoint } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { firstUsable, restoreFirst, usableChoices } from './usable.ts';
import { useButton, useLines } from './use-words.ts';

const view = training({
  checkpoints: [
    wholeCheckpoint(500, 0.5, { integrity: { kind: 'writing' } }),
    wholeCheckpoint(450, 0.5, {
      integrity: { kind: 'broken', defects: [{ kind: 'file-empty', file: 'a' }] },
    }),
    wholeCheckpoint(400, 0.5),
    wholeCheckpoint(300, 0.5, { sizeBytes: null }),
    wholeCheckpoint(200, 0.5, { gone: true, copyId: 'copy' }),
    wholeCheckpoint(100, 0.5, { gone: true }),
  ],
});

describe('what can be used', () => {
  it('is what lies on the disk, a broken one with its word; the newest good one is ticked', () => {
    expect(
      usableChoices(t, view, firstUsable(view)).map(({ name, size, ticked }) => [name, size, ticked]),
    ).toEqual([
      ['checkpoint-450', 'not usable', false],
      ['checkpoint-400', '152 MB', true],
      ['checkpoint-300', '–', false],
    ]);
  });

  it('is nothing where the files are not read, and before a run', () => {
    const signedOut = { ...view, health: { ...view.health, files: 'signed-out' as const } };
    expect(usableChoices(t, signedOut, new Set())).toEqual([]);
    const idle = notebook({ kind: 'idle', plan: null });
    expect(usableChoices(t, idle, firstUsable(idle))).toEqual([]);
    expect(restoreFirst(t, idle)).toBeNull();
  });

  it('what only this browser has must be put back first', () => {
    expect(restoreFirst(t, view)).toBe(
      'Only in this browser: checkpoint-200. Put back on the server first, then it can be used.',
    );
  });
});

it('the button says what it inserts, and rests while nothing is ticked', () => {
  expect(useButton(t, 'n', []).resting).toBe(true);
  expect(useButton(t, 'n', ['checkpoint-400']).label).toBe('Insert a cell that loads checkpoint-400');
  expect(useButton(t, 'n', ['a', 'b', 'c']).label).toBe('Insert a cell that compares 3');
});

const linesOf = (uses: Partial<UsesView>): readonly string[] =>
  useLines(
    t,
    notebook(
      { kind: 'finished', run, resumedFrom: null, machine: 'same' },
      { uses: { one: null, compare: null, ...uses } },
    ),
  ).map(({ line }) => line);

const impossible = (reason: Extract<UseCellView['state'], { kind: 'impossible' }>['reason'], path: string) =>
  linesOf({ one: { names: ['checkpoint-400'], state: { kind: 'impossible', reason, path } } });

describe('what became of a cell', () => {
  it('is said of both sorts', () => {
    expect(
      linesOf({
        one: { names: ['checkpoint-400'], state: { kind: 'inserted' } },
        compare: { names: ['checkpoint-300', 'checkpoint-400'], state: { kind: 'inserted' } },
      }),
    ).toEqual([
      'The cell that loads checkpoint-400 is in the notebook. Run it there.',
      'The cell that compares checkpoint-300 and 400 is in the notebook. Run it there.',
    ]);
  });

  it('has the place of the files where they have to be loaded by hand', () => {
    expect(impossible('no-base-model', 'outputs/checkpoint-400')).toEqual([
      'checkpoint-400 holds an adapter only, and does not say which model it belongs to. Its files: outputs/checkpoint-400',
    ]);
    expect(impossible('framework-unknown', '')).toEqual([
      'How checkpoints of this kind are loaded is not known here.',
    ]);
    for (const reason of ['no-config', 'no-tokenizer', 'model-unknown', 'class-unknown'] as const)
      expect(impossible(reason, 'outputs/x')[0], reason).toMatch(/checkpoint-400.* Its files: outputs\/x$/);
    for (const reason of ['not-comparable', 'different-kinds', 'files-not-read', 'folder-unknown'] as const)
      expect(impossible(reason, 'outputs/x')[0], reason).toMatch(/\.$/);
    expect(impossible('not-on-disk', 'outputs/checkpoint-400')).toEqual([
      'checkpoint-400 is not on the disk any more.',
    ]);
  });
});
