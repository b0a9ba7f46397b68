import { expect, it } from 'vitest';
import { storageStates } from '../recorded-storage.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { storageLine } from './storage-line.ts';

const HELD = 'On the machine: 3 checkpoints, 457 MB.';

it.each([
  ['storage-enough', `${HELD} 78 GB free.`, null],
  ['storage-not-told', `${HELD} How much is free there is not known.`, null],
  ['storage-some-room', `${HELD} 1.1 GB free. Room for 7 more. The disk is full at step 1200.`, null],
  ['storage-two-more', `${HELD} 320 MB free.`, 'Room for 2 more. The disk is full at step 600.'],
  ['storage-one-more', `${HELD} 160 MB free.`, 'Room for 1 more.'],
  ['storage-full', `${HELD} 12 MB free.`, 'No room for another one. The disk is full at step 500.'],
])('%s', (state, text, trouble) => {
  expect(storageLine(t, storageStates[state]?.storage ?? null)).toEqual({ text, trouble });
});

it('says nothing where nothing lies', () => {
  expect(storageLine(t, null)).toBeNull();
  const room = { kind: 'unknown' } as const;
  expect(storageLine(t, { count: 0, heldBytes: 0, freeBytes: 1e9, room })).toBeNull();
});
