import { expect, it } from 'vitest';
import { keptOf, presetNames, savesAt, settingsOf } from './save-settings.ts';

it.each([
  // The guide's own numbers, at the length it was written for.
  ['steady', 600, 100, 3, [100, 200, 300, 400, 500, 600]],
  ['unstable', 600, 50, 5, [50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600]],
  ['little-disk', 600, 200, 2, [200, 400, 600]],
  ['best', 600, 100, 3, [100, 200, 300, 400, 500, 600]],
  ['at-end', 600, 600, 1, [600]],
  // "Every 100" would be nonsense.
  ['steady', 60, 10, 3, [10, 20, 30, 40, 50, 60]],
  ['unstable', 60, 5, 5, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]],
  ['little-disk', 60, 20, 2, [20, 40, 60]],
  ['unstable', 5, 1, 5, [1, 2, 3, 4, 5]],
  ['steady', 1, 1, 3, [1]],
  ['steady', 70, 10, 3, [10, 20, 30, 40, 50, 60, 70]],
  ['little-disk', 75, 20, 2, [20, 40, 60, 75]],
  ['at-end', 7, 7, 1, [7]],
] as const)('%s in %i steps: every %i, keeps %i', (preset, maxSteps, saveSteps, keep, saves) => {
  const settings = settingsOf(preset, maxSteps, false);
  expect(settings).toEqual({ saveSteps, keep, best: preset === 'best', announces: false });
  expect(savesAt(settings, maxSteps)).toEqual(saves);
});

it.each([
  ['steady', 100_000, 500],
  ['unstable', 100_000, 250],
  ['little-disk', 100_000, 1000],
  ['steady', null, 100],
  ['unstable', null, 50],
  ['little-disk', null, 200],
] as const)('%s in %s steps: every %i', (preset, maxSteps, saveSteps) => {
  expect(settingsOf(preset, maxSteps, true)).toMatchObject({ saveSteps, announces: true });
});

it('saves at the last step also where nobody knows the length', () => {
  const settings = settingsOf('at-end', null, false);
  for (const steps of [1, 2, 7, 60, 600, 12_345, 1_000_000])
    expect(savesAt(settings, steps)).toEqual([steps]);
});

it('never saves after the end, nor at step 0, whatever the length', () => {
  for (const preset of presetNames) {
    if (preset === 'own' || preset === 'announce') continue;
    for (let steps = 1; steps < 1500; steps += 1) {
      const saves = savesAt(settingsOf(preset, steps, false), steps);
      expect(saves.at(-1)).toBe(steps);
      expect(saves[0]).toBeGreaterThan(0);
      expect(new Set(saves).size).toBe(saves.length);
    }
  }
});

it.each([
  [{ keep: 3, best: false }, 6, 3],
  [{ keep: 3, best: false }, 2, 2],
  [{ keep: null, best: false }, 6, 6],
  [{ keep: 1, best: true }, 6, 2],
  [{ keep: 1, best: true }, 1, 1],
])('%j of %i saves: %i stay', (settings, saves, kept) => {
  expect(keptOf({ saveSteps: 10, announces: false, ...settings }, saves)).toBe(kept);
});
