import { expect, it } from 'vitest';
import { settingsPlace } from './settings-place.ts';

const HEAD =
  'from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("o", max_steps=60)';

const place = (...sources: readonly string[]) => {
  const cells = [HEAD, ...sources].map((source, index) => ({ id: String(index), source }));
  return settingsPlace(cells, String(sources.length));
};

it.each([
  ['trainer', 'trainer = Trainer(m, args)', 'trainer.train()'],
  ['my_trainer', 'my_trainer = Trainer(m, args)', '%%time\nstats = my_trainer.train()'],
  ['t', 't = Trainer(m, args)', 't.args.save_steps = 7\nt.train()'],
  ['cfg.trainer', 'cfg.trainer = Trainer(m, args)', 'cfg.trainer.train()'],
  ['トレーナー', 'トレーナー = Trainer(m, args)', 'トレーナー.train()'],
  ['trainer', 'from unsloth import unsloth_train\ntrainer = Trainer(m, args)', 'unsloth_train(trainer)'],
  ['trainer', 'from setup import *', 'trainer.train()'],
])('above the training cell: %s', (trainer, above, training) => {
  expect(place(above, training)).toEqual({ kind: 'above', trainer });
});

it.each([
  ['made in the same cell', 'x = 1', 'trainer = Trainer(m, args)\ntrainer.train()'],
  ['never named', 'x = 1', 'Trainer(m, args).train()'],
  ['made anew', 'trainer = Trainer(m, args)', 'trainer = Trainer(m, args)\ntrainer.train()'],
  ['in a function', 'x = 1', 'def main():\n    trainer = Trainer(m, args)\n    trainer.train()\nmain()'],
  ['one of many', 'trainers = [Trainer(m, args)]', 'for trainer in trainers:\n    trainer.train()'],
  ['by number', 'trainers = [Trainer(m, args)]', 'trainers[0].train()'],
])('among the arguments: %s', (_what, above, training) => {
  expect(place(above, training)?.kind).toBe('arguments');
});

it.each([
  ['import lightning as L\nt = L.Trainer()', 't.fit(m)'],
  ['model.train()', 'print("train")'],
  ['x = 1', '!python train.py --output_dir o'],
])('nowhere: %j', (above, training) => {
  expect(place(above, training)).toBeNull();
});
