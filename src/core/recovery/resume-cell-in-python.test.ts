import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, python } from '../python-rig.ts';
import { collectNames } from '../source/python-names.ts';
import { readTraining } from '../source/read-training.ts';
import { findTrainCalls } from '../source/train-call.ts';
import { writeResumeCell } from './resume-cell.ts';
import type { ResumePoint } from './resume-point.ts';

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

const callIn = (source: string) => findTrainCalls(collectNames([{ id: 'a', source }]), 0)[0]?.call;

function resumed(source: string, checkpointPath: string): string {
  const call = callIn(source);
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
        HOSTILE_TEXTS.map((path) => ({ cell: resumed(source, path), path })),
      );
      expect(all.length).toBe(trainingCells.length * HOSTILE_TEXTS.length);
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
      const call = callIn(source);
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
      HOSTILE_TEXTS.flatMap((path) =>
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
