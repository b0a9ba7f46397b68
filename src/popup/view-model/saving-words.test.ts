import { expect, it } from 'vitest';
import type { SavingView } from '../../protocol/saving-view.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { savingChoices, savingHeading, savingHints, savingText } from './saving-words.ts';

const offered: SavingView = {
  way: 'insert',
  trainer: 'trainer',
  className: null,
  maxSteps: 600,
  checkpointBytes: 152_340_112,
  inserted: null,
};

const details = (view: SavingView): Readonly<Record<string, string>> =>
  Object.fromEntries(savingChoices(t, view, true).map(({ preset, detail }) => [preset, detail]));

it('says what each choice does in a run of 600 steps', () => {
  expect(details(offered)).toEqual({
    steady: 'At 100, 200 … 600. Keeps the last 3. About 457 MB.',
    unstable: 'At 50, 100 … 600. Keeps the last 5. About 762 MB.',
    'little-disk': 'At 200, 400 … 600. Keeps the last 2. About 305 MB.',
    best: 'At 100, 200 … 600. Keeps the last 3. About 457 MB. Measures at each save, so the trainer needs an eval_dataset.',
    'at-end': 'At 600. About 152 MB. If it stops early, everything is lost.',
    announce: 'So you see it in the output, and Holdfast hears it at once.',
  });
});

it('a short run is not offered the numbers of a long one', () => {
  const view = { ...offered, maxSteps: 60, checkpointBytes: null };
  expect(details(view)).toMatchObject({
    steady: 'At 10, 20 … 60. Keeps the last 3.',
    unstable: 'At 5, 10 … 60. Keeps the last 5.',
    'at-end': 'At 60. If it stops early, everything is lost.',
  });
  expect(savingHints(t, view)[0]).toBe('The numbers are for this run of 60 steps.');
});

it('says so where the length is not known', () => {
  const view = { ...offered, maxSteps: null, checkpointBytes: 1_000_000 };
  expect(details(view)).toMatchObject({
    unstable: 'Every 50 steps. Keeps the last 5. About 5.0 MB.',
    'at-end': 'At the last step. About 1.0 MB. If it stops early, everything is lost.',
  });
  expect(savingHints(t, view)[0]).toMatch(/^How long the run is, is not known/);
});

it('copies where nothing can be put in: no line is printed there, so none is offered', () => {
  const arguments_ = { ...offered, way: 'arguments', trainer: null, className: 'SFTConfig' } as const;
  expect(details(arguments_)).not.toHaveProperty('announce');
  expect(savingHints(t, arguments_)[1]).toContain('into SFTConfig(…) in that cell');
  const [first] = savingChoices(t, arguments_, true);
  if (first === undefined) throw new Error('nothing is offered');
  expect(savingText(arguments_, first.saving)).toContain('save_steps=100,');
  expect(savingText({ ...offered, way: 'lines' }, first.saving)).toContain('trainer.args.save_steps = 100');
  expect(savingText(offered, first.saving)).toBeNull();
});

it('says whether the cell has run', () => {
  const [first] = savingChoices(t, offered, true);
  if (first === undefined) throw new Error('nothing is offered');
  const inserted = { preset: first.preset, saving: first.saving };
  expect(savingHeading(t, offered)).toBe('Change how it saves');
  expect(savingHeading(t, { ...offered, inserted: { ...inserted, ran: false } })).toMatch(/Run that cell/);
  expect(savingHeading(t, { ...offered, inserted: { ...inserted, ran: true } })).toMatch(/The next training/);
});
