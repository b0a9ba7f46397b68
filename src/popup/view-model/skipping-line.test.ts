import { expect, it } from 'vitest';
import type { RunView } from '../../protocol/popup-view.ts';
import { recordedStates } from '../recorded-notebooks.ts';
import { run } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { skippingLine } from './skipping-line.ts';

const line = (skipping: RunView['skipping'], now: number): string | null =>
  skippingLine(t, { kind: 'training', run: { ...run, skipping }, connection: { kind: 'connected' } }, now);
const unseen = { steps: 400, secondsAtMost: 720, bar: null, toStep: 400, since: 0 };

it('no word before it lasts', () => {
  expect(line(unseen, 19_000)).toBeNull();
  expect(line(unseen, 21_000)).toMatch(/read again up to step 400.*this can take about 12 min\./);
  expect(line({ ...unseen, secondsAtMost: 4 }, 60_000), 'passed over sooner than that').toBeNull();
});

it('no time where none is known', () => {
  expect(line({ ...unseen, secondsAtMost: null }, 60_000)).not.toMatch(/take|min/);
});

it('a bar is believed at once, and counts down', () => {
  const bar = { secondsLeft: 130, at: 1000 };
  expect(line({ ...unseen, bar }, 1000)).toMatch(/^Skipping the batches already trained: about 2 min left/);
  expect(line({ ...unseen, bar }, 111_000)).toMatch(/about 20 s left/);
  expect(line({ ...unseen, bar: { secondsLeft: null, at: 1 } }, 2)).toMatch(/^Skipping.*trained\./);
});

it('is said of a recovery, too', () => {
  const view = recordedStates['recovering-skipping-bar'];
  if (view?.kind !== 'notebook') throw new Error('not recorded');
  expect(skippingLine(t, view.state, Date.now())).toMatch(/^Skipping/);
});
