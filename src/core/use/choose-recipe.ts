import { fail, ok, type Result } from '../result.ts';
import type { FrameworkTraining } from '../source/framework-training.ts';
import { kerasRecipe } from './keras.ts';
import { lightningRecipe } from './lightning.ts';
import type { NotebookModels } from './notebook-models.ts';
import { pytorchRecipe } from './pytorch.ts';
import type { NoUse, Recipe, UsedCheckpoint } from './recipe.ts';
import { sentenceRecipe } from './sentence-transformers.ts';
import { peftRecipe, transformersRecipe } from './transformers.ts';
import { ultralyticsRecipe } from './ultralytics.ts';
import { unslothRecipe } from './unsloth.ts';

/**
 * How a checkpoint is loaded, told by the notebook's own code and the checkpoint's own files; nothing is guessed.
 *
 * @param training What the training cell says of a framework other than the Hugging Face Trainer.
 */
export function chooseRecipe(
  models: NotebookModels,
  training: FrameworkTraining | null,
  checkpoint: UsedCheckpoint,
): Result<Recipe, NoUse> {
  const { framework } = checkpoint;
  if (framework === 'lightning') return lightningRecipe(models);
  if (framework === 'keras') return kerasRecipe(training, checkpoint);
  if (framework === 'ultralytics') return ok(ultralyticsRecipe(models));
  if (framework === 'pytorch') return pytorchRecipe(training);
  return fromFolder(models, checkpoint);
}

/** A folder as the Hugging Face Trainer and `save_pretrained` write it, whatever trained it. */
function fromFolder(models: NotebookModels, checkpoint: UsedCheckpoint): Result<Recipe, NoUse> {
  const { framework, form, adapter, config } = checkpoint;
  const isPretrained = adapter !== null || config !== null;
  if (form !== 'folder' || (framework !== 'transformers' && !isPretrained)) return fail('framework-unknown');
  const sentences = sentenceRecipe(models, checkpoint);
  if (sentences !== null) return ok(sentences);
  if (!isPretrained) return fail('no-config');
  const unsloth = unslothRecipe(models);
  if (unsloth !== null) return ok(unsloth);
  return adapter === null ? transformersRecipe(models, checkpoint) : peftRecipe(models, checkpoint);
}
