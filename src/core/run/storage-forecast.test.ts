import { expect, it } from 'vitest';
import { beginRun, UNKNOWN_LIMIT, type Run, type SeenCheckpoint } from './run.ts';
import { newRun, PLAN, seenCheckpoint, tableAt } from './run-rig.ts';
import { heldBytes, storageForecast } from './storage-forecast.ts';

const saved = (step: number, more: Partial<SeenCheckpoint> = {}): SeenCheckpoint =>
  seenCheckpoint(step, { sizeBytes: 100, ...more });

/** A run of 600 steps that saves every 100. */
const run = (step: number, saves: readonly SeenCheckpoint[], limit: number | null, total = 600): Run => ({
  ...beginRun(newRun({ plan: { ...PLAN, maxSteps: total, saveTotalLimit: limit } })),
  lookedAt: 1,
  checkpoints: [...saves],
  sightings: tableAt(step, 0, total),
});

const two = [saved(100), saved(200)];
const enough = { kind: 'enough' };
const limited = (more: number, fullAt: number | null) => ({ kind: 'limited', more, fullAt });

it.each([
  // Keeps all: 300, 400, 500 and 600 are still to come.
  ['keeps all, all fit', run(250, two, null), 400, enough],
  ['keeps all, one too few', run(250, two, null), 399, limited(3, 600)],
  ['keeps all, two fit', run(250, two, null), 250, limited(2, 500)],
  ['keeps all, none fits', run(250, two, null), 99, limited(0, 300)],
  // What the code does not tell, the folder does.
  ['two lie there: they add up', run(250, two, UNKNOWN_LIMIT), 250, limited(2, 500)],
  ['one was deleted: as many stay', run(350, [saved(100, { gone: true }), saved(200)], UNKNOWN_LIMIT), 100, enough],
  ['as many stay, and not one more fits', run(350, [saved(100, { gone: true }), saved(200)], UNKNOWN_LIMIT), 99, limited(0, 400)],
  ['one alone: it may be written over', run(150, [saved(100)], UNKNOWN_LIMIT), 100, { kind: 'unknown' }],
  // Keeps 3: one more up to the limit, and one that is written before the oldest goes.
  ['keeps three, its peak fits', run(250, two, 3), 200, enough],
  ['keeps three, its peak does not fit', run(250, two, 3), 199, limited(1, 400)],
  ['keeps two, one at a time fits', run(250, two, 2), 100, enough],
  ['keeps two, not even one fits', run(250, two, 2), 50, limited(0, 300)],
  ['keeps fewer than lie there', run(250, [...two, saved(50)], 1), 100, enough],
  ['only the last one is still to come', run(550, two, null), 100, enough],
  ['the last step lies between two saves', run(550, two, null, 620), 150, limited(1, 620)],
  ['what is gone takes nothing and is kept by nobody', run(250, [saved(1, { gone: true }), ...two], 3), 200, enough],
  ['free space is not known', run(250, two, 3), null, { kind: 'unknown' }],
  ['no checkpoint yet', run(50, [], 3), 1000, { kind: 'unknown' }],
  ['none is whole yet', run(120, [saved(100, { integrity: { kind: 'writing' } })], 3), 1000, { kind: 'unknown' }],
])('%s', (_what, given, freeBytes, room) => {
  expect(storageForecast(given, freeBytes).room).toEqual(room);
}); // prettier-ignore

it('counts what lies there, and takes the newest whole one for the next', () => {
  const given = run(
    350,
    [
      saved(50, { gone: true }),
      saved(100),
      saved(200, { sizeBytes: 120 }),
      saved(300, { sizeBytes: null, integrity: { kind: 'unchecked' } }),
    ],
    3,
  );
  expect(storageForecast(given, null)).toEqual({
    count: 3,
    heldBytes: 220,
    nextBytes: 120,
    room: { kind: 'unknown' },
  });
  expect(heldBytes(given)).toBe(220);
});
