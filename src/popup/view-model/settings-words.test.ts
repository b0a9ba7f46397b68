import { expect, it } from 'vitest';
import type { SaveSettingsView } from '../../protocol/save-settings-view.ts';
import { offered } from '../recorded-settings.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { offeredSettings, settingsHeading, settingsHints, settingsText } from './settings-words.ts';

const details = (view: SaveSettingsView): Readonly<Record<string, string>> =>
  Object.fromEntries(offeredSettings(t, view, true).map(({ preset, detail }) => [preset, detail]));

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
  expect(settingsHints(t, view)[0]).toBe('The numbers are for this run of 60 steps.');
});

it('says so where the length is not known', () => {
  const view = { ...offered, maxSteps: null, checkpointBytes: 1_000_000 };
  expect(details(view)).toMatchObject({
    unstable: 'Every 50 steps. Keeps the last 5. About 5.0 MB.',
    'at-end': 'At the last step. About 1.0 MB. If it stops early, everything is lost.',
  });
  expect(settingsHints(t, view)[0]).toMatch(/^How long the run is, is not known/);
});

it('copies where nothing can be put in: no line is printed there, so none is offered', () => {
  const arguments_ = { ...offered, way: 'arguments', trainer: null, className: 'SFTConfig' } as const;
  expect(details(arguments_)).not.toHaveProperty('announce');
  expect(settingsHints(t, arguments_)[1]).toContain('into SFTConfig(…) in that cell');
  const [first] = offeredSettings(t, arguments_, true);
  if (first === undefined) throw new Error('nothing is offered');
  expect(settingsText(arguments_, first.settings)).toContain('save_steps=100,');
  expect(settingsText({ ...offered, way: 'lines' }, first.settings)).toContain(
    'trainer.args.save_steps = 100',
  );
  expect(settingsText(offered, first.settings)).toBeNull();
});

it('says whether the cell has run', () => {
  const [first] = offeredSettings(t, offered, true);
  if (first === undefined) throw new Error('nothing is offered');
  const inserted = { preset: first.preset, settings: first.settings };
  expect(settingsHeading(t, offered)).toBe('Change how it saves');
  expect(settingsHeading(t, { ...offered, inserted: { ...inserted, ran: false } })).toMatch(/Run that cell/);
  expect(settingsHeading(t, { ...offered, inserted: { ...inserted, ran: true } })).toMatch(
    /The next training/,
  );
});
