import { expect, it } from 'vitest';
import { storageStates } from '../recorded-storage.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { storageLines } from './storage-lines.ts';

const HELD = 'On the machine: 3 checkpoints, 457 MB.';
const BROWSER = { text: 'In this browser: 2 copies, 305 MB of 12 GB.', trouble: null };

it.each([
  ['storage-enough', `${HELD} 78 GB free.`, null],
  ['storage-not-told', `${HELD} How much is free there is not known.`, null],
  ['storage-some-room', `${HELD} 1.1 GB free. Room for 7 more. The disk is full at step 1200.`, null],
  ['storage-two-more', `${HELD} 320 MB free.`, 'Room for 2 more. The disk is full at step 700.'],
  ['storage-one-more', `${HELD} 160 MB free.`, 'Room for 1 more.'],
  ['storage-full', `${HELD} 12 MB free.`, 'No room for another one. The disk is full at step 500.'],
])('%s', (state, text, trouble) => {
  const view = storageStates[state];
  expect(view === undefined ? null : storageLines(t, view)).toEqual([{ text, trouble }, BROWSER]);
});

it('says nothing where nothing lies', () => {
  const view = storageStates['storage-enough'];
  if (view?.storage === undefined || view.storage === null) throw new Error('no such state');
  const empty = { ...view, storage: { ...view.storage, count: 0 }, home: { ...view.home, copies: [] } };
  expect(storageLines(t, empty)).toEqual([]);
  const [, browser] = storageLines(t, { ...view, home: { ...view.home, space: null } });
  expect(browser?.text).toBe('In this browser: 2 copies, 305 MB.');
});
