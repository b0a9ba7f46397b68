import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { settingsWords } from '../src/background/settings-words.ts';
import {
  keptOf,
  savesAt,
  settingsOf,
  type PresetName,
  type SaveSettings,
} from '../src/core/save-settings/save-settings.ts';
import { writeSettingsCell } from '../src/core/save-settings/settings-cell.ts';
import { translateFromFile } from '../src/popup/translate-file.ts';
import { expect, test } from './fixtures.ts';
import { pythonEnvironment, venvPython } from './jupyter/python-environment.ts';
import { dataset, imports } from './notebooks/lora-story.ts';

const STEPS = 26;

/** A run as the cell finds it: the arguments that its user gave. */
const GIVEN = {
  'nothing said of saving': '{}',
  'saving switched off': '{"save_strategy": "no"}',
  'the best tracked by epochs':
    '{"save_strategy": "epoch", "eval_strategy": "epoch", "load_best_model_at_end": True, "save_total_limit": 1}',
  'models only': '{"save_only_model": True}',
} as const;

/** What is printed and left of each cell, run twice on each trainer, which then trains. */
const program = `${imports}
${dataset(16)}
import contextlib, io, json, shutil, sys
def trainer_with(given):
    shutil.rmtree("outputs", ignore_errors=True)
    config = LlamaConfig(vocab_size=256, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2)
    model = get_peft_model(LlamaForCausalLM(config), LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM"))
    args = TrainingArguments("outputs", report_to="none", disable_tqdm=True, max_steps=${STEPS}, **given)
    return Trainer(model=model, args=args, train_dataset=train_dataset[:64], eval_dataset=train_dataset[:8])
import os
told = []
for cell in json.load(open("cells.json")):
    for given in [${Object.values(GIVEN).join(', ')}]:
        trainer, out = trainer_with(given), io.StringIO()
        with contextlib.redirect_stdout(out):
            for _ in range(2):
                exec(compile(cell, "cell", "exec"), {"trainer": trainer})
            trainer.train()
        told.append([sorted(int(name.split("-")[1]) for name in os.listdir("outputs")), out.getvalue(), trainer.state.best_model_checkpoint])
json.dump(told, open("told.json", "w"))
`;

const presets: readonly Exclude<PresetName, 'own' | 'announce'>[] = [
  'steady',
  'unstable',
  'little-disk',
  'best',
  'at-end',
];
const lengths = [STEPS, null];

test(
  'every choice does with the installed Transformers what it says, whatever the arguments were before',
  { tag: '@long' },
  async ({ folder }) => {
    test.setTimeout(400_000);
    const allSettings = presets.flatMap((preset) =>
      lengths.map((length): SaveSettings => {
        const settings = settingsOf(preset, length, true);
        // Of a length that is not known the interval is longer than this run.
        const isLong = length === null && (settings.saveSteps ?? 0) >= 1;
        return isLong ? { ...settings, saveSteps: 7 } : settings;
      }),
    );
    const cells = allSettings.map((settings) =>
      writeSettingsCell('trainer', settings, settingsWords(translateFromFile, 'trainer', settings)),
    );
    await writeFile(join(folder, 'cells.json'), JSON.stringify(cells));
    await writeFile(join(folder, 'run.py'), program);
    const child = spawn(venvPython(), ['run.py'], {
      cwd: folder,
      env: pythonEnvironment(join(folder, '.home')),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await once(child, 'exit');
    const told = await readTold(join(folder, 'told.json'));
    expect(told).toHaveLength(allSettings.length * Object.keys(GIVEN).length);
    allSettings.forEach((settings, index) => {
      Object.keys(GIVEN).forEach((given, at) => {
        const what = `${JSON.stringify(settings)}, ${given}`;
        const [left, printed, best] = told[index * Object.keys(GIVEN).length + at] ?? [[], '', null];
        const saves = savesAt(settings, STEPS);
        const said = [...printed.matchAll(/^Saving model checkpoint to outputs\/checkpoint-(\d+)$/gm)];
        expect(
          said.map(([, step]) => Number(step)),
          what,
        ).toEqual(saves);
        const tracks = settings.best || given === 'the best tracked by epochs';
        expect(best !== null, what).toBe(tracks);
        const kept = keptOf({ ...settings, best: tracks }, saves.length);
        expect(left.length, what).toBeGreaterThanOrEqual(Math.min(keptOf(settings, saves.length), kept));
        expect(left.length, what).toBeLessThanOrEqual(kept);
        expect(left, what).toContain(STEPS);
        expect(/resumed from them/.test(printed), what).toBe(given === 'models only');
      });
    });
  },
);

type Told = readonly (readonly [readonly number[], string, string | null])[];

const readTold = async (path: string): Promise<Told> => {
  const told: Told = JSON.parse(await readFile(path, 'utf8'));
  return told;
};
