import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Cell = readonly ['code' | 'markdown', string | readonly string[]];

const notebook = (...cells: readonly Cell[]): string =>
  JSON.stringify({
    nbformat: 4,
    cells: cells.map(([cell_type, source]) => ({ cell_type, source, metadata: {}, outputs: [] })),
  });

const silent = notebook(
  ['markdown', '# Fine-tune'],
  ['code', ['%%capture\n', '!pip install unsloth "transformers==4.56.2"']],
  ['code', 'from unsloth import FastLanguageModel, is_bfloat16_supported'],
  [
    'code',
    'trainer = SFTTrainer(model=model, args=SFTConfig(\n  warmup_steps=5,\n  # num_train_epochs = 1,\n  max_steps = 60, # short\n  fp16=not is_bfloat16_supported(),\n))',
  ],
  ['code', 'trainer_stats = trainer.train()'],
);

const seed = notebook(
  ['code', 'steps = 600 #@param {type:"integer"}'],
  [
    'code',
    'args = TrainingArguments("outputs", max_steps=steps, save_steps=100, save_total_limit=3, seed=pick(), num_train_epochs=how_many())',
  ],
  ['code', 'trainer = Trainer(model, args)\nif resume:\n  trainer.train(resume_from_checkpoint=True)'],
  ['code', 'print(1)'],
);

/** Real output is a line for each notebook; parsed here by what is asked of it. */
const plan = (files: Readonly<Record<string, string>>, ...more: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
  const ran = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/plan.ts', ...paths, ...more], {
    encoding: 'utf8',
  });
  const lines: readonly unknown[] = ran.stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { lines, errors: ran.stderr, code: ran.status, paths };
};

test('one line a notebook, in their order, past those that are broken', { timeout: 120_000 }, () => {
  const { lines, errors, code, paths } = plan(
    { 'a.ipynb': silent, 'b.ipynb': '{"cells": [', 'c.ipynb': '[]', 'd.ipynb': seed, 'e.ipynb': notebook() },
    'not-there.ipynb',
  );
  expect(lines).toEqual([
    {
      notebook: paths[0],
      train: { cell: 4, variable: 'trainer' },
      arguments: expect.objectContaining({
        cell: 3,
        class: 'SFTConfig',
        max_steps: 60,
        save_steps: 500,
        save_strategy: 'no',
        save_total_limit: null,
        output_dir: 'unsloth_training_checkpoints',
        given: ['max_steps'],
        unknown: [],
      }),
      verdict: 'never-before-end',
      saves_at: [],
      kept_at_end: [],
    },
    {
      notebook: paths[3],
      train: { cell: 2, variable: 'trainer' },
      arguments: expect.objectContaining({
        cell: 1,
        class: 'TrainingArguments',
        output_dir: 'outputs',
        max_steps: 600,
        num_train_epochs: null,
        given: ['output_dir', 'max_steps', 'save_steps', 'save_total_limit'],
        unknown: ['num_train_epochs'],
      }),
      verdict: 'saves',
      saves_at: [100, 200, 300, 400, 500, 600],
      kept_at_end: [400, 500, 600],
    },
    {
      notebook: paths[4],
      train: null,
      arguments: null,
      verdict: 'unknown',
      saves_at: [],
      kept_at_end: [],
    },
  ]);
  expect(errors).toContain('b.ipynb: is not a notebook: it is not JSON');
  expect(errors).toContain('c.ipynb: is not a notebook: it has no list of cells');
  expect(errors).toContain('not-there.ipynb: ');
  expect(code).toBe(2);
});

test('without a notebook it says how it is called', { timeout: 120_000 }, () => {
  const { lines, errors, code } = plan({});
  expect([lines, code]).toEqual([[], 64]);
  expect(errors).toContain('usage: plan');
});
