import { describe, expect, it } from 'vitest';
import { collectNames } from './python-names.ts';
import { readTraining, trainingCells } from './read-training.ts';
import { findTrainCalls } from './train-call.ts';
import type { CellSource } from './training-source.ts';

const notebook = (...sources: readonly string[]): readonly CellSource[] =>
  sources.map((source, index) => ({ id: `c${index}`, source }));

/** `certainty: call as written` of the last cell. */
function trainCall(...sources: readonly string[]): string | null {
  const cells = notebook(...sources);
  const id = `c${sources.length - 1}`;
  const { call, training } = readTraining(cells, id);
  expect(trainingCells(cells).has(id)).toBe(call !== null || training !== null);
  return call === null ? null : `${call.certainty}: ${(sources.at(-1) ?? '').slice(call.from, call.to)}`;
}

const sft = 'from trl import SFTTrainer\ntrainer = SFTTrainer(model=m)';

describe('the call that trains', () => {
  it.each([
    [[sft, 'trainer.train()'], 'known: trainer.train()'],
    [
      [sft, 'stats = trainer.train(\n  ignore_keys_for_eval=None,\n)'],
      'known: trainer.train(\n  ignore_keys_for_eval=None,\n)',
    ],
    [['trainer.train()'], 'likely: trainer.train()'],
    [['my_trainer.train()'], 'likely: my_trainer.train()'],
    [['sftTrainer.train()'], 'likely: sftTrainer.train()'],
    [['import trl\nt = trl.SFTTrainer(m)', 't.train()'], 'known: t.train()'],
    [['from transformers import Trainer as T\nt = T(m)', 't.train()'], 'known: t.train()'],
    [
      ['from transformers import (\n  Trainer as T, # x\n  TrainingArguments,\n)\nt = T(m)', 't.train()'],
      'known: t.train()',
    ],
    [['class Mine(Trainer):\n  pass\nclass Own(Mine): pass\nt = Own()', 't.train()'], 'known: t.train()'],
    [
      ['class A:\n  def __init__(self):\n    self.fit = Trainer()', 'self.fit.train()'],
      'known: self.fit.train()',
    ],
    [['self.trainer.train()'], 'likely: self.trainer.train()'],
    [
      [sft, 'trainer = train_on_responses_only(trainer, x="a")\nu = trainer', 'u.train()'],
      'known: u.train()',
    ],
    [['SFTTrainer(m, args=a).train()'], 'known: SFTTrainer(m, args=a).train()'],
    [['get_trainer(x).train()'], 'likely: get_trainer(x).train()'],
    [['trainers["a"].train()'], 'likely: trainers["a"].train()'],
    [['if (t := Trainer(m)):\n  t.train()'], 'known: t.train()'],
    [['a, t = 1, Trainer(m)', 't.train()'], 'known: t.train()'],
    [['t = None', 't = Trainer(m)', 't.train()'], 'known: t.train()'],
    [['t.train()', 't = Trainer(m)', 't.train()'], 'known: t.train()'],
    [[sft, 'if x:\n  trainer.train()'], 'known: trainer.train()'],
    [
      [sft, 'with a as b:\n  try:\n    for i in x:\n      trainer.train()\n  finally:\n    pass'],
      'known: trainer.train()',
    ],
    [[sft, 'x = await trainer.train()'], 'known: trainer.train()'],
    [[sft, 'print(trainer.train())'], 'known: trainer.train()'],
    [[sft, '%time trainer.train()'], 'known: trainer.train()'],
    [[sft, '%%time\ntrainer.train()'], 'known: trainer.train()'],
    [[sft, '!nvidia-smi\ntrainer.train()\n!ls'], 'known: trainer.train()'],
    [
      ['from unsloth import unsloth_train', sft, 's = unsloth_train(trainer)'],
      'known: unsloth_train(trainer)',
    ],
    [['from unsloth import unsloth_train as ut', sft, 'ut(trainer)'], 'known: ut(trainer)'],
    [['def main():\n  trainer = Trainer(m)\n  trainer.train()\nmain()'], 'known: trainer.train()'],
    [['def main():\n  t.train()\nt = Trainer(m)\nif __name__ == "__main__":\n  main()'], 'known: t.train()'],
    [['async def main():\n  trainer.train()\nasyncio.run(main())'], 'likely: trainer.train()'],
    [['def a():\n  b()\ndef b():\n  a()\n  trainer.train()\na()'], 'likely: trainer.train()'],
    [['trainer.train()\nt2 = Trainer()\nt2.train()'], 'known: t2.train()'],
    [['pip install x\ntrainer.train()\nls -la'], 'likely: trainer.train()'],
  ] as const)('%j → %s', (sources, call) => {
    expect(trainCall(...sources)).toBe(call);
  });

  it.each([
    [['model.train()']],
    [['net.train(True)']],
    [['trainer.model.train()']],
    [['model.train(mode=False)']],
    [['trainer.train(mode=False)']],
    [['# trainer.train()']],
    [['"trainer.train()"']],
    [['"""\ntrainer.train()\n"""']],
    [['f"trainer.train()"']],
    [['def main():\n  trainer.train()']],
    [['class A:\n  def run(self):\n    self.trainer.train()']],
    [['f = lambda: trainer.train()']],
    [['trainer.train']],
    [['trainer.train?']],
    [['!trainer.train()']],
    [['%%bash\ntrainer.train()']],
    [['%%html\ntrainer.train()']],
    [['%%writefile x.py\ntrainer.train()']],
    [['trainer.evaluate()']],
    [['from detectron2.engine import DefaultTrainer\ntrainer = DefaultTrainer(cfg)', 'trainer.train()']],
    [['from flair.trainers import ModelTrainer\ntrainer = ModelTrainer(a, b)\ntrainer.train("out")']],
    [['import tokenizers\nt = tokenizers.trainers.BpeTrainer()\nt.train()']],
    [['import trainer\ntrainer.train()']],
    [['trainer.train(']],
    [['']],
  ] as const)('%j does not train the Hugging Face way', (sources) => {
    expect(trainCall(...sources)).toBeNull();
  });

  it('gives every call, and the first known one as the call', () => {
    const cells = notebook('trainer.train()\nt = Trainer()\nt.train()\nt.train(True)');
    expect(findTrainCalls(collectNames(cells), 0).map(({ call }) => call.from)).toEqual([0, 30, 40]);
  });

  it('an unknown cell gives nothing', () => {
    expect(readTraining(notebook('trainer.train()'), 'other')).toEqual({
      framework: null,
      training: null,
      scriptTraining: null,
      call: null,
      script: null,
      arguments: null,
    });
  });

  it.each([
    ['nested brackets', 'trainer.train('.repeat(3000)],
    ['nested blocks', Array.from({ length: 800 }, (_, depth) => `${' '.repeat(depth)}if train:\n`).join('')],
    ['a circle of names', 'a = b\nb = a\nc = a.train.x\nt = a.trainer\nt.train()'],
    [
      'doubling',
      `x0 = "train"\n${Array.from({ length: 200 }, (_, n) => `x${n + 1} = x${n} + x${n}`).join('\n')}\nTrainer(x200).train()`,
    ],
    ['brackets beyond the parser', 'train('.repeat(60_000)],
    ['a long sum', `trainer = ${'"a" + '.repeat(20_000)}"b"\ntrainer.train()`],
    ['spaces', `train${' '.repeat(100_000)}?\n${'x.'.repeat(50_000)} y`],
    ['a chain', `${Array.from({ length: 3000 }, (_, n) => `t${n + 1} = t${n}`).join('\n')}\nt3000.train()`],
    ['branches', `${'if train: t = f(t)\n'.repeat(300)}t.train()`],
    ['dictionaries in a circle', 'a = b\nTrainer(args=TrainingArguments(**a)).train()\nb = a'],
  ])('ends on %s', { timeout: 20_000 }, (_, source) => {
    readTraining(notebook(source, source), 'c1');
  });
});
