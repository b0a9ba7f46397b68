import { describe, expect, it } from 'vitest';
import { readTraining } from './read-training.ts';
import type { SourceValue, TrainingArguments } from './training-source.ts';

function read(...sources: readonly string[]): TrainingArguments | null {
  const cells = sources.map((source, index) => ({ id: `c${index}`, source }));
  return readTraining(cells, `c${sources.length - 1}`).arguments;
}

function show<T>(value: SourceValue<T> | undefined): string {
  if (value === undefined) return 'none';
  if (value.kind === 'unknown') return 'unknown';
  return value.kind === 'known' ? JSON.stringify(value.value) : `default ${JSON.stringify(value.value)}`;
}

const summary = (found: TrainingArguments | null): string =>
  found === null
    ? 'null'
    : [found.outputDir, found.maxSteps, found.saveStrategy, found.saveSteps, found.saveTotalLimit]
        .map((value) => show<unknown>(value))
        .join(' | ');

const all = 'output_dir="out", max_steps=600, save_strategy="steps", save_steps=100, save_total_limit=3';
const allRead = '"out" | 600 | "steps" | 100 | 3';
const defaults = 'default "trainer_output" | default -1 | default "steps" | default 500 | default null';

describe('the training arguments of a trainer', () => {
  it.each([
    [[`trainer = Trainer(m, args=TrainingArguments(${all}))\ntrainer.train()`], allRead],
    [
      [`a = TrainingArguments(${all})`, 'trainer = Trainer(m, a, train_dataset=d)', 'trainer.train()'],
      allRead,
    ],
    [[`a = SFTConfig(${all})\nt = SFTTrainer(model=m, args=a)\nt.train()`], allRead],
    [[`from trl import SFTConfig as C\na = C(${all})\nt = SFTTrainer(model=m, args=a)\nt.train()`], allRead],
    [[`t = GRPOTrainer(args=GRPOConfig(${all}))\nt.train()`], allRead],
    [[`t = UnslothTrainer(args=UnslothTrainingArguments(${all}))\nt.train()`], allRead],
    [[`t = MyTrainer(args=MyOwnConfig(${all}))\nt.train()`], allRead],
    [[`class Mine(TrainingArguments): pass\nt = Trainer(args=Mine(${all}))\nt.train()`], allRead],
    [[`t = DPOTrainer(m, ref, DPOConfig(${all}))\nt.train()`], allRead],
    [[`unsloth_train(SFTTrainer(args=SFTConfig(${all})))`], allRead],
    [[`a = TrainingArguments(${all})\ntrainer.train()`], allRead],
    [[`a = TrainingArguments(${all})\nb = TrainingArguments()\ntrainer.train()`], 'null'],
    [[`a = TrainingArguments(${all})\nb = TrainingArguments()\nTrainer(args=a).train()`], allRead],
    [[`t = SFTTrainer(args=SFTConfig(${all}))\nt = train_on_responses_only(t, x=1)\nt.train()`], allRead],
    [['t = Trainer(args=TrainingArguments())\nt.train()'], defaults],
    [['t = Trainer(args=TrainingArguments("first"))\nt.train()'], `"first" | ${defaults.slice(27)}`],
    [['t = Trainer(m)\nt.train()'], defaults.replace('trainer_output', 'tmp_trainer')],
    [['t = SFTTrainer(m)\nt.train()'], `unknown | ${defaults.slice(27)}`],
    [['t = Trainer(args=load_arguments())\nt.train()'], 'null'],
    [['t = Trainer(**everything)\nt.train()'], 'null'],
    [
      [
        'def arguments(path, steps=5, every=7):\n  return TrainingArguments(path, max_steps=steps, save_steps=every)',
        'def made(model, args, data):\n  t = Trainer(model=model, args=args, train_dataset=data)\n  return t',
        'one = arguments("first", 9)\na = made(m, one, d)\nb = made(m, args=arguments("second", every=3), data=d)',
        'a.train()',
      ],
      '"first" | 9 | default "steps" | unknown | default null',
    ],
    [
      [
        'def arguments(path, steps=5, every=7):\n  return TrainingArguments(path, max_steps=steps, save_steps=every)',
        'def made(model, args, data):\n  return Trainer(model, args, data)',
        'made(m, arguments(path="second", every=3), d).train()',
      ],
      '"second" | unknown | default "steps" | 3 | default null',
    ],
    [
      [
        'def made(args):\n  args = other(args)\n  return Trainer(args=args)',
        `made(TrainingArguments(${all})).train()`,
      ],
      'null',
    ],
    [
      [
        'def made(steps):\n  steps = 2 * steps\n  return Trainer(args=TrainingArguments("o", max_steps=steps))',
        'made(5).train()',
      ],
      '"o" | unknown | default "steps" | default 500 | default null',
    ],
    [['trainer.train()'], 'null'],
    [
      ['import unsloth', 't = SFTTrainer(args=SFTConfig())\nt.train()'],
      'default "unsloth_training_checkpoints" | default -1 | default "no" | default 500 | default null',
    ],
    [
      ['import unsloth', 't = SFTTrainer(args=SFTConfig(save_steps=50))\nt.train()'],
      'default "trainer_output" | default -1 | default "steps" | 50 | default null',
    ],
    [
      [
        'from unsloth import FastLanguageModel',
        't = SFTTrainer(args=SFTConfig(save_steps=500, save_strategy="steps"))\nt.train()',
      ],
      'default "unsloth_training_checkpoints" | default -1 | default "no" | 500 | default null',
    ],
    [
      ['import unsloth', 't = SFTTrainer(args=SFTConfig(output_dir="o"))\nt.train()'],
      '"o" | default -1 | default "steps" | default 500 | default null',
    ],
    [
      ['import unsloth', 't = SFTTrainer(args=SFTConfig(save_steps=often()))\nt.train()'],
      'default "trainer_output" | default -1 | default "steps" | unknown | default null',
    ],
    [
      ['import unsloth', 't = SFTTrainer(m)\nt.train()'],
      'default "unsloth_training_checkpoints" | default -1 | default "no" | default 500 | default null',
    ],
    [
      [
        'from transformers import IntervalStrategy',
        't = Trainer(args=TrainingArguments("o", save_strategy=IntervalStrategy.NO, save_total_limit=None))\nt.train()',
      ],
      '"o" | default -1 | "no" | default 500 | null',
    ],
    [
      [
        'class Mine(TrainingArguments):\n  output_dir: str = "mine"\n  save_steps: int = field(default=7)\nTrainer(args=Mine()).train()',
      ],
      '"mine" | default -1 | default "steps" | 7 | default null',
    ],
  ] as const)('%j → %s', (sources, expected) => {
    expect(summary(read(...sources))).toBe(expected);
  });

  it('says which cell a value comes from', () => {
    const found = read(
      '',
      'a = TrainingArguments("out", save_steps=9)',
      'a.save_steps = 5',
      't = Trainer(args=a)',
      't.train()',
    );
    expect(found).toMatchObject({ className: 'TrainingArguments', cellId: 'c1' });
    expect(found?.outputDir).toEqual({ kind: 'known', value: 'out', cellId: 'c1' });
    expect(found?.saveSteps).toEqual({ kind: 'known', value: 5, cellId: 'c2' });
  });
});

const made = 'a = TrainingArguments("out", save_steps=9)\nt = Trainer(args=a)';

describe('arguments changed after they were made', () => {
  it.each([
    [[made, 'a.save_steps = 50', 't.train()'], '50'],
    [[made, 't.args.save_steps = 50', 't.train()'], '50'],
    [[made, 'a.save_steps = 50\nt.args.save_steps = 60', 't.train()'], '60'],
    [[made, 'a.save_steps *= 3', 't.train()'], '27'],
    [[made, 'a.save_steps = find()', 't.train()'], 'unknown'],
    [[made, 'if quick:\n  a.save_steps = 50', 't.train()'], 'unknown'],
    [[made, 'if quick:\n  a.save_steps = 9', 't.train()'], '9'],
    [['a.save_steps = 50', made, 't.train()'], '9'],
    [[made, 't.train()\na.save_steps = 50'], '9'],
    [[made, 't.train()', 'a.save_steps = 50'], '9'],
    [
      [
        'N = 10',
        'N = 20',
        'a = TrainingArguments("o", save_steps=N)\nN = 30\nt = Trainer(args=a)\nt.train()',
      ],
      '20',
    ],
    [['a = TrainingArguments("o", save_steps=N)\nt = Trainer(args=a)\nt.train()', 'N = 30'], 'default'],
    [
      ['if big:\n  N = 10\nelse:\n  N = 20', 'Trainer(args=TrainingArguments("o", save_steps=N)).train()'],
      'unknown',
    ],
    [['N = 10\nfor N in x: pass', 'Trainer(args=TrainingArguments("o", save_steps=N)).train()'], 'unknown'],
    [['common = {"save_steps": 4}', 'Trainer(args=TrainingArguments("o", **common)).train()'], '4'],
    [
      [
        'common = {"save_steps": 4}\ncommon["save_steps"] = 5',
        'Trainer(args=TrainingArguments("o", **common)).train()',
      ],
      '5',
    ],
    [['common = {"other": 4}', 'Trainer(args=TrainingArguments("o", **common)).train()'], 'default 500'],
    [['Trainer(args=TrainingArguments("o", **load())).train()'], 'unknown'],
    [['class CFG:\n  steps = 8', 'Trainer(args=TrainingArguments("o", save_steps=CFG.steps)).train()'], '8'],
    [
      [
        'class CFG:\n  steps: int = 8\ncfg = CFG()',
        'Trainer(args=TrainingArguments("o", save_steps=cfg.steps)).train()',
      ],
      '8',
    ],
    [
      [
        'cfg = {"n": {"steps": 8}, "steps": 4}',
        'Trainer(args=TrainingArguments("o", save_steps=cfg["steps"])).train()',
      ],
      '4',
    ],
    [
      [
        'cfg = Namespace(steps=3)\ncfg.steps = 6',
        'Trainer(args=TrainingArguments("o", save_steps=cfg.steps)).train()',
      ],
      '6',
    ],
    [['def f(n):\n  t = Trainer(args=TrainingArguments("o", save_steps=n))\n  t.train()\nf(3)'], 'unknown'],
  ] as const)('%j → save_steps %s', (sources, expected) => {
    const last = sources.at(-1) ?? '';
    // The one row whose training cell is not the last: the name is defined below only.
    const cells = sources.map((source, index) => ({ id: `c${index}`, source }));
    const id = cells.findLast(({ source }) => /train\(\)/.test(source))?.id ?? last;
    const found = readTraining(cells, id).arguments;
    expect(show(found?.saveSteps)).toBe(expected === 'default' ? '30' : expected);
  });
});

const more = (found: TrainingArguments | null): string =>
  found === null
    ? 'null'
    : [
        found.numTrainEpochs,
        found.evalStrategy,
        found.evalSteps,
        found.loggingSteps,
        found.loadBestModelAtEnd,
        found.metricForBestModel,
        found.perDeviceTrainBatchSize,
        found.gradientAccumulationSteps,
      ]
        .map((value) => show<unknown>(value))
        .join(' | ');

describe('the arguments that a plan needs besides', () => {
  it.each([
    [['Trainer(args=TrainingArguments("o")).train()'], 'default 3 | default "no" | default null | default 500 | default false | default null | default 8 | default 1'],
    [['SFTTrainer(args=SFTConfig()).train()'], 'default 3 | default "no" | default null | default 10 | default false | default null | default 8 | default 1'],
    [['import unsloth\nSFTTrainer(args=SFTConfig("o", num_train_epochs=None)).train()'], 'default 3 | default "no" | default null | default 1 | default false | default null | default 4 | default 2'],
    [['Trainer(args=TrainingArguments("o", num_train_epochs=2.5, evaluation_strategy="epoch", load_best_model_at_end=True, metric_for_best_model="f1")).train()'], '2.5 | "epoch" | default null | default 500 | true | "f1" | default 8 | default 1'],
    [['b = 4\nTrainer(args=TrainingArguments("o", eval_strategy=IntervalStrategy.STEPS, eval_steps=10*2, logging_steps=b, per_device_train_batch_size=b//2, gradient_accumulation_steps=8//b)).train()'], 'default 3 | "steps" | 20 | 4 | default false | default null | 2 | 2'],
    [['Trainer(args=TrainingArguments("o", fp16=not is_bfloat16_supported(), num_train_epochs=pick(), eval_strategy=pick())).train()'], 'unknown | unknown | default null | default 500 | default false | default null | default 8 | default 1'],
  ] as const)('%j', (sources, expected) => {
    expect(more(read(...sources))).toBe(expected);
  }); // prettier-ignore

  it('says that the old name of the strategy stands there', () => {
    const of = (name: string) => read(`Trainer(args=TrainingArguments("o", ${name}="epoch")).train()`);
    expect(of('evaluation_strategy')?.usesEvaluationStrategy).toBe(true);
    expect(of('eval_strategy')?.usesEvaluationStrategy).toBe(false);
  });
});
