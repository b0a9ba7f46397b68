import { execFileSync } from 'node:child_process';
import { array, assert, property, string } from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readTraining, trainCallsOf } from '../source/read-training.ts';
import { chooseRecipe } from '../use/choose-recipe.ts';
import { writeCompareCell } from '../use/compare-cell.ts';
import { readNotebookModels } from '../use/notebook-models.ts';
import type { UsedCheckpoint } from '../use/recipe.ts';
import { writeUseCell } from '../use/use-cell.ts';
import { pythonLiteral } from './python-literal.ts';
import { savingOf, type PresetName } from '../saving/saving.ts';
import { writeSettingsCell } from '../saving/settings-cell.ts';
import { writeResumeCell } from './resume-cell.ts';
import type { ResumePoint } from './resume-point.ts';

/** Runs a Python program with JSON in and JSON out; throws when there is no `python3`. */
function python(program: string, input: unknown): unknown {
  const text = execFileSync('python3', ['-c', `import json,sys\nd=json.load(sys.stdin)\n${program}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

const hostilePaths = [
  'outputs/checkpoint-400', 'with spaces/checkpoint-1', "it's", 'say "hi"', '\'both" kinds', 'back\\slash', 'trailing\\', 'a\\n',
  'new\nline', 'car\rriage', 'tab\t', '{x}', '{{x}}', '$HOME', '${HOME}', '%s', '#', '"""', "'''", '", evil(), "', '😀/检查点-4', 'é',
  '\u202eevil', '\u2028', '\u0000', '\u0085', '\u000b\u000c\u001c', '\ud800', 'a\udcffb', '\udc00\ud800', '', '~/a', '`id`', '$(id)', '-rf', '!ls',
  ' lead', 'trail ',
]; // prettier-ignore

const evaluate = 'print(json.dumps([__import__("ast").literal_eval(x) for x in d]))';

describe('pythonLiteral', () => {
  it('evaluates in Python to the same text', () => {
    expect(python(evaluate, hostilePaths.map(pythonLiteral))).toEqual(hostilePaths);
  });

  it('does so for any text', { timeout: 60_000 }, () => {
    const texts = array(string({ unit: 'binary', maxLength: 40 }), { minLength: 200, maxLength: 400 });
    assert(
      property(texts, (all) => {
        expect(python(evaluate, all.map(pythonLiteral))).toEqual(all);
      }),
      { numRuns: 10 },
    );
  });

  it('does so for lone surrogates and every character up to U+2100', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => `a${String.fromCharCode(code)}b`);
    const surrogates = Array.from({ length: 0x800 }, (_, code) => `${String.fromCharCode(0xd800 + code)}x`);
    const texts = [...all, ...surrogates];
    expect(python(evaluate, texts.map(pythonLiteral))).toEqual(texts);
  });

  it('stays readable and on one line', () => {
    expect(pythonLiteral('/content/检查点 é 😀/checkpoint-4')).toBe('"/content/检查点 é 😀/checkpoint-4"');
    expect(
      hostilePaths.map(pythonLiteral).filter((literal) => /[\p{Cc}\u2028\u2029\u202e]/u.test(literal)),
    ).toEqual([]);
  });
});

/** Training cells that Python can run as they are; `trainer`, `unsloth_train`, `kw` and `a` are there. */
const trainingCells = [
  'trainer.train()',
  'stats = trainer.train()',
  'stats = trainer.train( )',
  'trainer.train(None)',
  'trainer.train(True, None)',
  'trainer.train((True),)',
  'trainer.train(resume_from_checkpoint=True)',
  'trainer.train(resume_from_checkpoint = a["x"](1, 2), trial=None)',
  'trainer.train(\n    # comment (\n)',
  'trainer.train(\n    trial=None,  # last, )\n)',
  'trainer.train(\n    None,  # the first\n    trial=None\n)',
  'trainer.train(**kw)',
  'trainer.train(trial=None, **kw)',
  'trainer.train(**kw, trial=None)',
  'trainer.train(x := None)',
  'if True:\n    for i in range(1):\n        stats = trainer.train()\n        trainer.save_model("x")',
  'def main():\n    return trainer.train()\nstats = main()',
  'async def main():\n    return await trainer.train_async() if 0 else trainer.train()\nimport asyncio\nasyncio.run(main())',
  'unsloth_train(trainer)',
  's = unsloth_train(trainer,)',
  'unsloth_train(trainer, True)',
  'unsloth_train(trainer, resume_from_checkpoint=False)',
  'unsloth_train(trainer=trainer)',
  'x = "😀" ; trainer.train() ; y = 1',
  'trainer.train();trainer.save_model("after")',
  'trainer \\\n  .train()',
  '(trainer\n  .train())',
  '\n\n# mine\ntrainer.train()  # go',
  'trainer.train()\r\ny = 1',
];

function resumed(source: string, checkpointPath: string): string {
  const [call] = trainCallsOf([{ id: 'a', source }], 'a');
  if (call === undefined) throw new Error(`no call in ${source}`);
  const written = writeResumeCell({
    source,
    target: { kind: 'call', call },
    point: { path: checkpointPath, form: 'folder', step: 400, epoch: null, holds: 'everything' },
    comment: 'Holdfast: resumes',
    noteText: ({ kind }) => kind,
  });
  if (!written.ok) throw new Error(`${written.failure.kind} for ${source}`);
  return written.value.source;
}

/** Parses each cell, runs it on a double of Trainer, and gives the checkpoints its `train` was called with. */
const run = `
import ast
class Trainer:
    def __init__(self): self.got = []
    def train(self, resume_from_checkpoint=None, trial=None, ignore_keys_for_eval=None, **kwargs):
        self.got.append(resume_from_checkpoint)
    def save_model(self, path): pass
def unsloth_train(trainer, *args, **kwargs): return trainer.train(*args, **kwargs)
out = []
for cell in d:
    ast.parse(cell)
    trainer = Trainer()
    exec(cell, {"trainer": trainer, "unsloth_train": unsloth_train, "kw": {"ignore_keys_for_eval": []}, "a": {"x": max}})
    out.append(trainer.got)
print(json.dumps(out))
`;

describe('a resume cell in Python', () => {
  it(
    'calls train with exactly the checkpoint path, whatever the cell and the path',
    { timeout: 60_000 },
    () => {
      const all = trainingCells.flatMap((source) =>
        hostilePaths.map((path) => ({ cell: resumed(source, path), path })),
      );
      expect(all.length).toBe(trainingCells.length * hostilePaths.length);
      const got = python(
        run,
        all.map(({ cell }) => cell),
      );
      expect(got).toEqual(all.map(({ path }) => [path]));
    },
  );

  it('changes nothing but the comment and the argument', () => {
    for (const source of trainingCells) {
      const cell = resumed(source, 'outputs/checkpoint-400');
      expect(cell.startsWith('# Holdfast: resumes\n')).toBe(true);
      const body = cell.slice('# Holdfast: resumes\n'.length);
      const at = body.indexOf('"outputs/checkpoint-400"');
      const [call] = trainCallsOf([{ id: 'a', source }], 'a');
      expect(at).toBeGreaterThan(call?.from ?? Infinity);
      expect(source.startsWith(body.slice(0, call?.from))).toBe(true);
      expect(body.endsWith(source.slice(call?.to))).toBe(true);
    }
  });
});

/** Notebooks of the other frameworks: each as the cells above and the cell that trains. */
const frameworkCells: readonly (readonly [string, string])[] = [
  ['import lightning as L\nt = L.Trainer()', 'if True:\n\tt.fit(m, dm)  # go'],
  ['from tensorflow import keras\nm = keras.Sequential()', 'h = m.fit(\n  x,  # data\n  epochs=3,\n)'],
  ['from keras import Sequential\ndef b():\n  return Sequential()', 'b().fit(x); y = 1'],
  ['from ultralytics import YOLO\nm = YOLO("a.pt")', 'm.train(data="d")'],
  ['from ultralytics import YOLO', 'r = YOLO("a.pt", task="x").train()'],
  ['from stable_baselines3 import SAC\nm = SAC("P", e)', 'm.learn(2 if a else 3)'],
  ['from stable_baselines3 import PPO', 'm = PPO("P", e).learn(total_timesteps=5)'],
  [
    'from mmengine.runner import Runner',
    'try:\n    r = Runner.from_cfg(cfg)\n    r.train()\nfinally:\n    pass',
  ],
  ['from mmengine.runner import Runner', 'r = Runner(\n  model=m,\n)\nr.train()'],
  ['from detectron2.engine import DefaultTrainer\nt = DefaultTrainer(cfg)', 'def go():\n  t.train()\ngo()'],
  ['from fastai.vision.all import *\nlearn = vision_learner(d, r)', 'with learn.no_bar():\n  learn.fit(3)'],
  ['import xgboost as xgb', 'b = xgb.train(p, d, (n := 3))'],
  ['from lightgbm import train', 'b = train(p, d, num_boost_round=f(1)(2))'],
  ['from flair.trainers import ModelTrainer\nt = ModelTrainer(m, c)', 't.train("r")'],
  ['from composer import Trainer', 't = Trainer()\nt.fit()'],
  ['from ray import tune\nt = tune.Tuner(f)', 't.fit()'],
  [
    'from accelerate import Accelerator\na = Accelerator()',
    'for e in range(3):\n  a.backward(l)\n  a.save_state(p)',
  ],
  ['import deepspeed\nengine, o = deepspeed.initialize()', 'for e in range(3):\n  engine.backward(l)'],
  [
    'import torch',
    'for e in range(3):\n  l.backward(); optimizer.step()\n  torch.save({"m": m.state_dict(), \'e"x\': e}, p)',
  ],
  [
    'import torch',
    'if 1:\n  for e in range(3):\n    l.backward(); optimizer.step()\n    torch.save(m.state_dict(), p)',
  ],
  ['import torch', 'while 1:\n  l.backward()\n  optimizer.step()\n  torch.save(m, p)'],
];

const forms = ['everything', 'weights-only', 'unknown'] as const;

function resumedInItsIdiom(cells: readonly [string, string], point: ResumePoint): string {
  const [above, source] = cells;
  const { training } = readTraining(
    [
      { id: 'a', source: above },
      { id: 'b', source },
    ],
    'b',
  );
  if (training === null) throw new Error(`nothing trains in ${source}`);
  const target = { kind: 'framework', training } as const;
  const comment = 'Holdfast: resumes';
  const written = writeResumeCell({
    source,
    target,
    point,
    comment,
    noteText: ({ kind, value }) => kind + value,
  });
  if (!written.ok) throw new Error(`${written.failure.kind} for ${source}`);
  return written.value.source;
}

describe('resume cells of the other frameworks in Python', () => {
  it('compile, and hold the path as one text, whatever it is', { timeout: 60_000 }, () => {
    const all = frameworkCells.flatMap((cells) =>
      hostilePaths.flatMap((path) =>
        forms.map((holds) => ({
          path,
          cell: resumedInItsIdiom(cells, { path, form: 'file', step: 3, epoch: 2, holds }),
        })),
      ),
    );
    const program = `
import ast
out = []
for cell in d:
    tree = ast.parse(cell)
    compile(tree, "cell", "exec")
    out.append([n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)])
print(json.dumps(out))
`;
    const texts = v.parse(
      v.array(v.array(v.string())),
      python(
        program,
        all.map(({ cell }) => cell),
      ),
    );
    const wrong = all.filter(({ path, cell }, index) => {
      const held = texts[index] ?? [];
      const changed = /takes-newest|runs-again|learn\.load|Tuner\.restore|load_checkpoint/.test(cell);
      return !changed && !held.includes(path);
    });
    expect(wrong.map(({ cell }) => cell)).toEqual([]);
  });
});

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
        text: writeSettingsCell(trainer, savingOf(preset, 600, true), settingsWords),
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
      const { saveSteps, keep } = savingOf(preset, 600, true);
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

const adapter = {
  base_model_name_or_path: 'base',
  peft_type: 'LORA',
  task_type: 'CAUSAL_LM',
  auto_mapping: null,
};
const classifier = { architectures: ['BertForSequenceClassification'], auto_map: null };
const quantized = `from transformers import AutoModelForCausalLM, BitsAndBytesConfig
model = AutoModelForCausalLM.from_pretrained(
    "base",
    quantization_config=BitsAndBytesConfig(
  load_in_4bit=True,  # a comment )
bnb_4bit_quant_type="""nf4
""",
    ),
    device_map={"": 0},
)
tokenizer = None`;

/** Notebooks whose checkpoints are used: above, what trains, and what is known of the checkpoint. */
const usedNotebooks: readonly (readonly [string, string, Partial<UsedCheckpoint>])[] = [
  [
    'from unsloth import FastLanguageModel as F\nmodel, tokenizer = F.from_pretrained("base", max_seq_length = n, dtype = None)',
    '',
    { adapter },
  ],
  ['import unsloth\nm, p = unsloth.FastVisionModel.from_pretrained("b", load_in_4bit=True)', '', { adapter }],
  ['', '', { adapter, files: ['tokenizer.json'] }],
  ['', '', { adapter }],
  [quantized, '', { adapter }],
  ['prompt = torch = PeftModel = model_500 = answer_500 = prompts = checkpoints = 1', '', { adapter }],
  ['from transformers import AutoTokenizer\ntokenizer = 1', '', { config: classifier }],
  ['tokenizer = 1', '', { config: { architectures: ['WhisperForConditionalGeneration'], auto_map: null } }],
  ['from sentence_transformers import SentenceTransformer\nm = SentenceTransformer("a")', '', {}],
  [
    'import lightning as L\nclass N(L.LightningModule):\n  pass\nt = L.Trainer()',
    't.fit(N(a=f(1)(2)))',
    { framework: 'lightning', form: 'file' },
  ],
  ['import keras\nm = keras.Sequential()', 'm.fit(x)', { framework: 'keras', form: 'file' }],
  [
    'import keras\nm = keras.Sequential()',
    'm.fit(x)',
    { framework: 'keras', form: 'file', weightsOnly: true },
  ],
  ['from ultralytics import YOLO', 'YOLO("a.pt").train()', { framework: 'ultralytics', form: 'file' }],
  [
    'import torch',
    'for e in range(3):\n  l.backward(); optimizer.step()\n  torch.save({"m x": net.state_dict()}, p)',
    { framework: 'pytorch', form: 'file' },
  ],
];

const comparable = /FastLanguage|FastVision|PeftModel|SequenceClassification/;

function used([above, source, known]: (typeof usedNotebooks)[number], path: string): readonly string[] {
  const cells = [
    { id: 'a', source: above },
    { id: 'b', source },
  ];
  const models = readNotebookModels(cells);
  const checkpoint: UsedCheckpoint = {
    name: path,
    path,
    form: 'folder',
    framework: 'transformers',
    step: 500,
    weightsOnly: false,
    files: [],
    adapter: null,
    config: null,
    ...known,
  };
  const { training } = readTraining(cells, 'b');
  const recipe = chooseRecipe(models, training, checkpoint);
  if (!recipe.ok) throw new Error(`${recipe.failure} for ${above}`);
  const comment = `Holdfast: ${path}`;
  const one = writeUseCell({ models, recipe: recipe.value, checkpoint, comment, prompt: path });
  const compare = writeCompareCell({
    models,
    recipe: recipe.value,
    checkpoints: [checkpoint, { name: 'checkpoint-600', path: 'outputs/checkpoint-600' }],
    comment,
    prompts: [path, 'b'],
    baseTitle: 'Without training',
  });
  expect(compare.ok, one).toBe(comparable.test(one));
  return compare.ok ? [one, compare.value] : [one];
}

describe('cells that use checkpoints in Python', () => {
  it('compile, hold the path as one text, and change no name of the notebook', { timeout: 60_000 }, () => {
    const all = usedNotebooks.flatMap((notebook) =>
      hostilePaths.flatMap((path) =>
        used(notebook, path).map((cell) => ({ path, cell, above: notebook[0] })),
      ),
    );
    const program = `
import ast
out = []
for cell, above in d:
    tree = ast.parse(cell)
    compile(tree, "cell", "exec")
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    bound = lambda t: {n.id for s in t.body for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own = [s for s in tree.body if not isinstance(s, ast.FunctionDef)]
    names = bound(ast.Module(own, [])) | {s.name for s in tree.body if isinstance(s, ast.FunctionDef)}
    names |= {a.asname or a.name for s in own if isinstance(s, (ast.Import, ast.ImportFrom)) for a in s.names}
    out.append([texts, sorted(names & bound(ast.parse(above)))])
print(json.dumps(out))
`;
    const read = v.parse(
      v.array(v.tuple([v.array(v.string()), v.array(v.string())])),
      python(
        program,
        all.map(({ cell, above }) => [cell, above]),
      ),
    );
    expect(read.length).toBe(all.length);
    const wrong = all.filter(({ path }, index) => {
      const [texts = [], taken = []] = read[index] ?? [];
      return !texts.includes(path) || taken.length > 0;
    });
    expect(wrong.map(({ cell }) => cell)).toEqual([]);
  });

  it('begin with one comment line', () => {
    for (const path of hostilePaths)
      for (const cell of used(['', '', { adapter }], path)) {
        const [first, second] = cell.split(/[\p{Cc}\u2028\u2029]/u);
        expect(first).toMatch(/^# Holdfast:/);
        expect(second).toMatch(/^prompts? = /);
      }
  });
});
