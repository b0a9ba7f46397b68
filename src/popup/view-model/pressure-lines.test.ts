import { describe, expect, it } from 'vitest';
import type { MemoryView } from '../../protocol/memory-view.ts';
import { training } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { buttonsOf } from './buttons.ts';
import { pressureLines } from './pressure-lines.ts';

const GIB = 1024 ** 3;
const MINUTE = 60_000;
const full: MemoryView = { level: 'full', usedBytes: 11.8 * GIB, limitBytes: 12.67 * GIB, fullInMs: null };
const DEATH = 'A kernel that runs out dies without a word.';
const said = (
  memory: MemoryView | null,
  more: number | null = null,
  fullAt: number | null = null,
): readonly string[] =>
  pressureLines(t, {
    memory,
    storage:
      more === null
        ? null
        : { count: 3, heldBytes: 1, freeBytes: 1, room: { kind: 'limited', more, fullAt } },
  }).map(({ text, why }) => `${text} ${why}`);

describe('what may end the run', () => {
  it.each<[Partial<MemoryView>, string]>([
    [{}, `Memory is nearly full: 11.8 of 12.7 GB. ${DEATH}`],
    [
      { fullInMs: 8 * MINUTE },
      `Memory is nearly full: 11.8 of 12.7 GB. At this pace it is full in about 8 min. ${DEATH}`,
    ],
    [
      { fullInMs: 4000 },
      `Memory is nearly full: 11.8 of 12.7 GB. At this pace it is full in about 1 min. ${DEATH}`,
    ],
    [{ fullInMs: 61 * MINUTE }, `Memory is nearly full: 11.8 of 12.7 GB. ${DEATH}`],
    [
      { level: 'filling', usedBytes: 9.8 * GIB, fullInMs: 11 * MINUTE },
      `Memory is filling up: 9.8 of 12.7 GB. At this pace it is full in about 11 min. ${DEATH}`,
    ],
    [
      { usedBytes: 486 * 1024 ** 2, limitBytes: 512 * 1024 ** 2 },
      `Memory is nearly full: 486 of 512 MB. ${DEATH}`,
    ],
    [{ usedBytes: 250 * GIB, limitBytes: 252 * GIB }, `Memory is nearly full: 250 of 252 GB. ${DEATH}`],
  ])('%j', (memory, sentence) => {
    expect(said({ ...full, ...memory })).toEqual([sentence]);
  });

  it('is also the disk, where little room is left', () => {
    const end = 'A save that does not fit ends the run.';
    expect(said(null, 0)).toEqual([`The disk has no room for the next save. ${end}`]);
    expect(said(null, 1)).toEqual([`The disk has room for 1 more save. ${end}`]);
    expect(said(null, 2)).toEqual([`The disk has room for 2 more saves. ${end}`]);
    expect(said(null, 2, 600)).toEqual([
      'The disk has room for 2 more saves. The one at step 600 does not fit and ends the run.',
    ]);
    expect(said(null, 3)).toEqual([]);
    expect(said(full, 0)).toHaveLength(2);
  });

  it('makes the save the right next thing, and no longer when it is over', () => {
    expect(buttonsOf(t, training({}, { memory: full }), []).main).not.toHaveProperty('look');
    expect(buttonsOf(t, training(), []).main).toMatchObject({ look: 'quiet' });
  });
});
