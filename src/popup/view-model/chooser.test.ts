import { describe, expect, it } from 'vitest';
import type { CheckpointView, NotebookView } from '../../protocol/popup-view.ts';
import { training, wholeCheckpoint } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { chosenOf } from './chooser.ts';

const withCheckpoints = (...checkpoints: readonly CheckpointView[]): NotebookView =>
  training({ checkpoints });
const view = withCheckpoints(
  wholeCheckpoint(500, 0.5, { integrity: { kind: 'writing' } }),
  wholeCheckpoint(400, 0.5),
  wholeCheckpoint(300, 0.5, { inferenceBytes: null }),
  wholeCheckpoint(250, 0.5, { integrity: { kind: 'broken', defects: [{ kind: 'file-empty', file: 'a' }] } }),
  wholeCheckpoint(200, 0.5, { sizeBytes: null }),
  wholeCheckpoint(100, 0.5, { gone: true }),
);
const totalOf = (names: readonly string[], extent: 'everything' | 'inference' = 'everything'): string =>
  chosenOf(t, view, new Set(names), extent).total;

describe('what is chosen', () => {
  it('offers what lies there whole or unproven', () => {
    const { choices } = chosenOf(t, view, new Set(), 'everything');
    expect(choices.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'checkpoint-400 152 MB',
      'checkpoint-300 152 MB',
      'checkpoint-200 –',
    ]);
  });

  it('offers nothing where the files cannot be read', () => {
    const signedOut = { ...view, health: { ...view.health, files: 'signed-out' as const } };
    expect(chosenOf(t, signedOut, new Set(['checkpoint-400']), 'everything')).toMatchObject({
      choices: [],
      names: [],
    });
  });

  it.each<[string, readonly string[], 'everything' | 'inference']>([
    ['Nothing chosen yet', [], 'everything'],
    ['1 checkpoint, 152 MB', ['checkpoint-400'], 'everything'],
    ['1 checkpoint, 48 MB', ['checkpoint-400'], 'inference'],
    ['2 checkpoints, 305 MB', ['checkpoint-300', 'checkpoint-400'], 'everything'],
    ['2 checkpoints, size not known', ['checkpoint-300', 'checkpoint-400'], 'inference'],
    ['2 checkpoints, size not known', ['checkpoint-400', 'checkpoint-200'], 'everything'],
  ])('%s', (total, names, extent) => expect(totalOf(names, extent)).toBe(total));

  it('forgets ticks on what has gone since, and asks in the order of the list', () => {
    const ticked = new Set(['checkpoint-100', 'checkpoint-200', 'checkpoint-400']);
    expect(chosenOf(t, view, ticked, 'everything').names).toEqual(['checkpoint-400', 'checkpoint-200']);
  });
});
