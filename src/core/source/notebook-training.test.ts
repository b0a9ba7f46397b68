import { describe, expect, it } from 'vitest';
import { notebookTraining } from './notebook-training.ts';
import { pinnedVersions } from './pinned-versions.ts';

const cellsOf = (sources: readonly string[]) => sources.map((source, index) => ({ id: `c${index}`, source }));

const summary = (...sources: readonly string[]): string => {
  const found = notebookTraining(cellsOf(sources));
  if (found === null) return 'none';
  const steps = found.training.arguments?.maxSteps;
  const value =
    steps === undefined ? 'no arguments' : steps.kind === 'unknown' ? 'unknown' : String(steps.value);
  return `${found.cellId} ${found.trainer ?? '-'} ${value}`;
};

const args = (steps: number): string => `TrainingArguments("o", max_steps=${steps})`;

describe('what trains last in a notebook', () => {
  it.each([
    [[`a = ${args(60)}`, 't = Trainer(m, a)', 'stats = t.train()', 'print(stats)'], 'c2 t 60'],
    [[`a = ${args(60)}\ntrainer = SFTTrainer(model, args = a)`, 'if resume: trainer.train(resume_from_checkpoint=True)'], 'c1 trainer 60'],
    [[`trainer = Trainer(m, ${args(5)})\ntrainer.train()`, `trainer = DPOTrainer(m, args=${args(9)})`, 'trainer.train()'], 'c2 trainer 9'],
    // A loop by hand after the Trainer explains what it does.
    [[`trainer = Trainer(m, ${args(5)})\ntrainer.train()`, 'import torch\nfor e in range(3):\n  for b in data:\n    loss = m(b)\n    loss.backward()\n    optimizer.step()'], 'c0 trainer 5'],
    [['import torch\nfor e in range(3):\n  for b in data:\n    loss = m(b)\n    loss.backward()\n    optimizer.step()'], 'c0 - no arguments'],
    [['import lightning as L\nL.Trainer(max_epochs=3).fit(m)'], 'c0 - no arguments'],
    [[`def make(model):\n  return SFTTrainer(model=model, args=SFTConfig("o", max_steps=7))`, 'trainer = make(m)', 'trainer.train()'], 'c2 trainer 7'],
    [[`def arguments():\n  return ${args(8)}`, 'trainer = Trainer(m, args=arguments())\ntrainer.train()'], 'c1 trainer 8'],
    [[`def main():\n  trainer = Trainer(m, ${args(8)})\n  trainer.train()`, 'main()'], 'c1 trainer 8'],
    [[`def main():\n  trainer = Trainer(m, ${args(8)})\n  trainer.train()`, 'print("not called")'], 'none'],
    [['class Distil(Trainer): pass', `a = ${args(4)}`, 't = Distil(student, training_args=a)', 't.train()'], 'c3 t 4'],
    [['class Distil(Trainer):\n  def __init__(self):\n    super().__init__(args=make())', 't = Distil()\nt.train()'], 'c1 t no arguments'],
    [['import unsloth\nt = SFTTrainer(model=m)\nunsloth_train(t)'], 'c0 t -1'],
    [['x = 1', '# trainer.train()'], 'none'],
  ])('%j: %s', (sources, expected) => expect(summary(...sources)).toBe(expected)); // prettier-ignore
});

describe('the versions that a notebook installs', () => {
  it.each([
    ['!pip install transformers==4.44.2', { transformers: '4.44.2' }],
    [
      '%pip install -q "transformers[torch]==4.44.2" \'trl==0.22.2\'',
      { transformers: '4.44.2', trl: '0.22.2' },
    ],
    ['!uv pip install --no-deps \\\n  trl==0.22.2 \\\n  peft', { trl: '0.22.2' }],
    ['!pip install transformers==4.40.0\n!pip install transformers==4.57.1', { transformers: '4.57.1' }],
    ['# !pip install transformers==4.44.2', {}],
    ['!pip install "transformers>=4.44.2" numpyish==1.2.3', {}],
    ['print("transformers==4.44.2")', {}],
  ])('%j', (source, versions) => expect(pinnedVersions(cellsOf([source]))).toEqual(versions));
});
