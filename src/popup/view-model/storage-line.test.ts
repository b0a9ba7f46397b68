import { expect, it } from 'vitest';
import type { StorageView } from '../../protocol/storage-view.ts';
import { finishedRun } from '../recorded-endings.ts';
import { training } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { storageLine } from './storage-line.ts';

const HELD = 'On the machine: 3 checkpoints, 457 MB.';
const state = { kind: 'finished', run: finishedRun, resumedFrom: null, machine: 'same' } as const;
const limited = (more: number, fullAt: number | null) => ({ kind: 'limited', more, fullAt }) as const;

it.each<[number | null, StorageView['room'], string, string | null]>([
  [78_200_000_000, { kind: 'enough' }, `${HELD} 78 GB free.`, null],
  [78_200_000_000, { kind: 'unknown' }, `${HELD} 78 GB free.`, null],
  [null, { kind: 'unknown' }, `${HELD} How much is free there is not known.`, null],
  [1.1e9, limited(7, 1200), `${HELD} 1.1 GB free. Room for 7 more. The disk is full at step 1200.`, null],
  [3.2e8, limited(2, 600), `${HELD} 320 MB free.`, 'Room for 2 more. The disk is full at step 600.'],
  [1.6e8, limited(1, null), `${HELD} 160 MB free.`, 'Room for 1 more.'],
  [1.2e7, limited(0, 500), `${HELD} 12 MB free.`, 'No room for another one. The disk is full at step 500.'],
])('%s free, %j', (freeBytes, room, text, trouble) => {
  const storage = { count: 3, heldBytes: 457_020_336, freeBytes, room };
  expect(storageLine(t, { storage, state })).toEqual({ text, trouble });
});

it('says nothing where nothing lies', () => {
  expect(storageLine(t, { storage: null, state })).toBeNull();
  const room = { kind: 'unknown' } as const;
  expect(storageLine(t, { storage: { count: 0, heldBytes: 0, freeBytes: 1e9, room }, state })).toBeNull();
});

it('leaves little room to the line above it while a run trains', () => {
  const storage = { count: 3, heldBytes: 457_020_336, freeBytes: 3.2e8, room: limited(2, 600) };
  const { state: now } = training();
  expect(storageLine(t, { storage, state: now })).toEqual({ text: `${HELD} 320 MB free.`, trouble: null });
  expect(storageLine(t, { storage: { ...storage, room: limited(7, 1200) }, state: now })?.text).toContain(
    'Room for 7',
  );
});
