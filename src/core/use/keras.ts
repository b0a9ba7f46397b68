import { fail, ok, type Result } from '../result.ts';
import type { FrameworkTraining } from '../source/framework-training.ts';
import { holdsWeights } from '../recovery/idioms/keras.ts';
import type { NoUse, Recipe, UsedCheckpoint } from './recipe.ts';

/**
 * `keras.models.load_model("….keras")`; weights alone go into a clone of the notebook's model, which stays as it is. What
 * the model was compiled with is not needed to ask it.
 */
export function kerasRecipe(
  training: FrameworkTraining | null,
  { path, form, weightsOnly }: UsedCheckpoint,
): Result<Recipe, NoUse> {
  const site = training?.site.kind === 'call' ? training.site : null;
  const library = site?.library ?? { name: 'keras', importLine: 'import keras' };
  const weights = holdsWeights(site?.weightsOnly ?? false, {
    path,
    form,
    holds: weightsOnly ? 'weights-only' : 'unknown',
  });
  const own = site?.object ?? '';
  if (weights && !/^[A-Za-z_][\w.]*$/.test(own)) return fail('model-unknown');
  const module = library.importLine?.startsWith('from tensorflow') === true ? 'tensorflow' : null;
  return ok({
    kind: weights ? `keras weights ${own}` : 'keras',
    answers: 'predict',
    imports: library.importLine === null ? [] : [{ module, name: library.name }],
    base: null,
    load: ({ model, of }, from) =>
      weights
        ? [`${model} = ${of(library.name)}.models.clone_model(${own})`, `${model}.load_weights(${from})`]
        : [`${model} = ${of(library.name)}.models.load_model(${from}, compile=False)`],
  });
}
