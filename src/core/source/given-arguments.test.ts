import { describe, expect, test } from 'vitest';
import { givenArguments } from './given-arguments.ts';
import { readTraining } from './read-training.ts';

const given = (...sources: readonly string[]): Record<string, string | null> => {
  const cells = sources.map((source, index) => ({ id: `c${index}`, source }));
  const id = `c${sources.length - 1}`;
  const found = givenArguments(cells, id, readTraining(cells, id));
  return Object.fromEntries(found.map(({ of, name, value }) => [`${of}.${name}`, value]));
};

const train = 'trainer = Trainer(model, args)\ntrainer.train()';

describe('the arguments that the code gives', () => {
  test('are all keywords of the training arguments, as Python prints them', () => {
    const args = `lr = 2e-4
args = TrainingArguments(output_dir="out", learning_rate=lr, per_device_train_batch_size=4 * 2, fp16=True,
  warmup_ratio=0.03, optim="adamw_8bit", seed=None, label_names=["a", "b"])`;
    expect(given(args, train)).toEqual({
      'TrainingArguments.output_dir': 'out',
      'TrainingArguments.learning_rate': '0.0002',
      'TrainingArguments.per_device_train_batch_size': '8',
      'TrainingArguments.fp16': 'True',
      'TrainingArguments.warmup_ratio': '0.03',
      'TrainingArguments.optim': 'adamw_8bit',
      'TrainingArguments.seed': 'None',
      'TrainingArguments.label_names': "['a', 'b']",
    });
  });

  test('what cannot be followed is there without a value', () => {
    expect(given('args = TrainingArguments("out", learning_rate=pick())', train)).toEqual({
      'TrainingArguments.learning_rate': null,
    });
  });

  test('are read from a dictionary, and from what is set afterwards', () => {
    const args = `common = {"learning_rate": 1e-3, "max_steps": 50}
args = TrainingArguments("out", **common)
args.weight_decay = 0.1
args.max_steps = 60`;
    expect(given(args, train)).toEqual({
      'TrainingArguments.learning_rate': '0.001',
      'TrainingArguments.max_steps': '60',
      'TrainingArguments.weight_decay': '0.1',
    });
  });

  test('are those of the LoRA configuration, too', () => {
    const lora = 'model = get_peft_model(base, LoraConfig(r=8, lora_alpha=16, target_modules=["q_proj"]))';
    expect(given(lora, 'args = TrainingArguments(learning_rate=1e-4)', train)).toEqual({
      'TrainingArguments.learning_rate': '0.0001',
      'LoraConfig.r': '8',
      'LoraConfig.lora_alpha': '16',
      'LoraConfig.target_modules': "['q_proj']",
    });
  });

  test('are those of the last construction above, not of one that was run over', () => {
    const twice = 'args = TrainingArguments(learning_rate=1)\nargs = TrainingArguments(learning_rate=2)';
    expect(given(twice, train)).toEqual({ 'TrainingArguments.learning_rate': '2' });
  });

  test('are those of the call that trains in another framework, and of its optimizer', () => {
    const keras =
      'import keras\nmodel = keras.Sequential()\nmodel.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01))';
    expect(given(keras, 'model.fit(x, y, epochs=3, batch_size=32)')).toEqual({
      'fit.epochs': '3',
      'fit.batch_size': '32',
      'Adam.learning_rate': '0.01',
    });
  });

  test("are the options of a script's command line", () => {
    expect(
      given('rate = 3e-4', '!python train.py --learning_rate {rate} --do_train --output_dir out'),
    ).toMatchObject({
      'train.py.learning_rate': '0.0003',
      'train.py.output_dir': 'out',
    });
  });

  test('hostile code ends, and gives nothing that is not there', () => {
    expect(given('args = TrainingArguments(**args)\nd = {**d}', train)).toEqual({});
    expect(given('args = TrainingArguments(', train)).toEqual({});
    const many = `args = TrainingArguments(${Array.from({ length: 5000 }, (_, n) => `a${n}=${n}`).join(', ')})`;
    expect(Object.keys(given(many, train))).toHaveLength(120);
    const long = `args = TrainingArguments(run_name=${JSON.stringify('x'.repeat(3000))})`;
    expect(given(long, train)['TrainingArguments.run_name']).toHaveLength(200);
  });
});
