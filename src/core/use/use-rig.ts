import type { UsedCheckpoint } from './recipe.ts';

/** A folder of the Trainer of which nothing more is known. */
export const usedCheckpoint = (changes: Partial<UsedCheckpoint> = {}): UsedCheckpoint => ({
  name: 'checkpoint-500',
  path: 'outputs/checkpoint-500',
  form: 'folder',
  framework: 'transformers',
  step: 500,
  weightsOnly: false,
  files: [],
  adapter: null,
  config: null,
  ...changes,
});
