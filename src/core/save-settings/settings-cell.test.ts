import { describe, expect, it } from 'vitest';
import { isHoldfastCell, isOwnBesideSetup } from '../recovery/holdfast-cell.ts';
import { canRunBeside } from '../recovery/setup-beside.ts';
import { planFromSource } from '../run/plan-from-source.ts';
import { readTraining, trainingCells } from '../source/read-training.ts';
import type { SaveSettings } from './save-settings.ts';
import { settingsArguments, settingsLines, writeSettingsCell, type SettingsWords } from './settings-cell.ts';

const words: SettingsWords = {
  comment: 'Holdfast put this cell here',
  noTrainer: 'Holdfast: nothing was changed',
  savesEvery: 'Holdfast: it will save every {steps} steps.',
  savesAtEnd: 'Holdfast: it will save at the last step only.',
  keeps: 'It keeps {keep}.',
  keepsAll: 'It keeps all of them.',
  best: 'Best by {metric}.',
  bestNotTold: 'No best.',
  announces: 'A line at each save.',
  notResumable: 'Not resumable.',
};

const settings: SaveSettings = { saveSteps: 50, keep: 5, best: false, announces: false };
const all: readonly SaveSettings[] = [
  settings,
  { ...settings, keep: null },
  { ...settings, best: true, announces: true },
  { ...settings, saveSteps: 0.9999999, keep: 1 },
];

const planWith = (trainer: string, cell: string) => {
  const cells = [
    'from transformers import Trainer, TrainingArguments',
    'args = TrainingArguments("o", max_steps=600, save_strategy="no", save_total_limit=1)',
    `${trainer} = Trainer(model, args)`,
    cell,
    `${trainer}.train()`,
  ].map((source, index) => ({ id: String(index), source }));
  return planFromSource(readTraining(cells, '4'));
};

describe('the cell that sets how a trainer saves', () => {
  it.each(all)('is read as the new plan before it runs: %j', (each) => {
    const text = writeSettingsCell('my_trainer', each, words);
    expect(planWith('my_trainer', text)).toMatchObject({
      maxSteps: 600,
      saveSteps: each.saveSteps,
      saveStrategy: 'steps',
      saveTotalLimit: each.keep,
    });
  });

  it('leaves the plan as it is when it only announces', () => {
    const text = writeSettingsCell('t', { saveSteps: null, keep: null, best: false, announces: true }, words);
    expect(planWith('t', text)).toMatchObject({ saveStrategy: 'no', saveTotalLimit: 1 });
  });

  it('is ours, trains nothing, and belongs to the setup', () => {
    for (const each of all) {
      const source = writeSettingsCell('trainer', each, words);
      expect(isHoldfastCell(source)).toBe(true);
      expect(isOwnBesideSetup(source)).toBe(false);
      expect(trainingCells([{ id: 'a', source }]).size).toBe(0);
      expect(source).not.toMatch(/[ \t]$/m);
      expect(canRunBeside(source), 'its trainer may not be there yet').toBe(false);
    }
  });
});

it('the same as lines and as arguments to copy', () => {
  expect(settingsLines('self.trainer', settings)).toBe(
    'self.trainer.args.save_strategy = "steps"\nself.trainer.args.save_steps = 50\nself.trainer.args.save_total_limit = 5',
  );
  expect(settingsArguments({ ...settings, keep: null })).toBe(
    'save_strategy="steps",\nsave_steps=50,\nsave_total_limit=None,',
  );
  expect(settingsArguments({ ...settings, best: true })).toContain(
    'eval_strategy="steps",\neval_steps=50,\nload_best_model_at_end=True,',
  );
  expect(settingsLines('t', { ...settings, best: true })).toContain('t.args.load_best_model_at_end = True');
});
