import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { python } from '../python-rig.ts';
import { settingsOf, type PresetName } from './save-settings.ts';
import { writeSettingsCell } from './settings-cell.ts';

/** A Trainer as far as a settings cell touches it; the second has nothing to measure by, the third is 4.40. */
const doubles = `
import types, sys
sys.modules["transformers"] = types.SimpleNamespace(TrainerCallback=object)
class Args: pass
class Trainer:
    label_names = ["labels"]
    def __init__(self, evals, key):
        self.eval_dataset, self.args = evals, Args()
        for name in (key, "save_strategy", "save_steps", "save_total_limit", "load_best_model_at_end", "metric_for_best_model", "greater_is_better", "eval_steps"):
            setattr(self.args, name, None)
        self.callback_handler = types.SimpleNamespace(callbacks=[])
    def add_callback(self, each): self.callback_handler.callbacks.append(each)
    def remove_callback(self, each): self.callback_handler.callbacks.remove(each)
out = []
for cell in d:
    said = []
    for made in (lambda: Trainer([1], "eval_strategy"), lambda: Trainer(None, "eval_strategy"), lambda: Trainer([1], "evaluation_strategy"), None):
        names = {"print": lambda *texts, **_: said.append(" ".join(texts))}
        if made is not None:
            names["trainer"] = names["トレーナー"] = made()
            names["cfg"] = {"it's {steps}": types.SimpleNamespace(trainer=names["trainer"])}
        exec(compile(cell, "cell", "exec"), names)
        exec(compile(cell, "cell", "exec"), names)
        if made is not None: said.append([vars(names["trainer"].args), len(names["trainer"].callback_handler.callbacks)])
    out.append(said)
print(json.dumps(out, default=str))
`;

const settingsWords = {
  comment: 'Holdfast: "\'\'\' """ \\ \n import os \u2028 {x}',
  noTrainer: 'none \'\'\' """ \\ \n {x} {steps}',
  savesEvery: '"every" {steps}',
  savesAtEnd: 'at end',
  keeps: 'keeps {keep}',
  keepsAll: 'keeps all',
  best: 'by {metric}',
  bestNotTold: 'not told {metric}',
  announces: 'announces {x}',
  notResumable: 'not resumable',
};

describe('settings cells in Python', () => {
  const presets: readonly Exclude<PresetName, 'own'>[] = [
    'steady', 'unstable', 'little-disk', 'best', 'at-end', 'announce',
  ]; // prettier-ignore
  const trainers = ['trainer', 'トレーナー', 'cfg["it\'s {steps}"].trainer'];

  it('compile, say what holds, and stop nothing where there is no trainer', { timeout: 60_000 }, () => {
    const cells = trainers.flatMap((trainer) =>
      presets.map((preset) => ({
        preset,
        text: writeSettingsCell(trainer, settingsOf(preset, 600, true), settingsWords),
      })),
    );
    const said = v.parse(
      v.array(v.array(v.unknown())),
      python(
        doubles,
        cells.map(({ text }) => text),
      ),
    );
    cells.forEach(({ preset }, index) => {
      const [first, again, whole, noEval, , , , , older, nothing, nothingAgain] = said[index] ?? [];
      expect(again, 'done twice it does nothing twice').toBe(first);
      expect([nothing, nothingAgain]).toEqual([settingsWords.noTrainer, settingsWords.noTrainer]);
      expect(whole).toEqual([expect.anything(), 1]);
      if (preset === 'announce') return expect(first).toBe('Holdfast: announces {x}');
      const { saveSteps, keep } = settingsOf(preset, 600, true);
      expect(first).toContain(`"every" ${saveSteps} keeps ${keep}`);
      const best = { load_best_model_at_end: true, metric_for_best_model: 'loss', greater_is_better: false };
      expect(whole).toMatchObject([preset === 'best' ? { ...best, eval_strategy: 'steps' } : {}, 1]);
      if (preset !== 'best') return undefined;
      expect(first).toContain('by loss');
      expect(noEval).toContain('not told {metric}');
      return expect(older).toMatchObject([{ ...best, evaluation_strategy: 'steps', eval_steps: 100 }, 1]);
    });
  });
});
