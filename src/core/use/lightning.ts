import { fail, ok, type Result } from '../result.ts';
import { lookUp } from '../source/name-lookup.ts';
import { classPaths, madeBy, type Made } from '../source/made-by.ts';
import { keywordValue, positionalValues } from '../source/python-call.ts';
import type { PythonNames } from '../source/python-names.ts';
import { lastPart, textOf } from '../source/python-tree.ts';
import { callsOf } from '../source/script-parsers.ts';
import type { Keyword, NotebookModels } from './notebook-models.ts';
import { callLines } from './python-lines.ts';
import type { NoUse, Recipe } from './recipe.ts';

/**
 * `LitModel.load_from_checkpoint("….ckpt")` of the user's own class. What `save_hyperparameters()` did not keep the class
 * must be given again (lightning/pytorch/core/saving.py, 2.6): the notebook's own arguments are, where they have names.
 */
export function lightningRecipe({ follow: { names }, text }: NotebookModels): Result<Recipe, NoUse> {
  const made = fittedModel(names);
  const className = made?.callee ?? onlyModule(names);
  if (className === null) return fail('class-unknown');
  const keeps = text.includes('save_hyperparameters');
  const given = keeps || made === null ? [] : argumentsOf(names, made);
  if (given === null) return fail('class-unknown');
  return ok({
    kind: `lightning ${className}`,
    answers: 'call',
    imports: [],
    base: null,
    load: ({ model }, path) => [
      ...callLines(model, `${className}.load_from_checkpoint`, path, given),
      `${model}.eval()`,
    ],
  });
}

/** The call that made what `trainer.fit(…)` is given, where that is a module of Lightning's. */
function fittedModel(names: PythonNames): Made | null {
  for (const { call, place, name } of callsOf(names)) {
    const model = keywordValue(call, 'model') ?? positionalValues(call)[0];
    if (lastPart(name) !== 'fit' || model === undefined) continue;
    const made = madeBy(names, model, place);
    if (made !== null && isModule(names, made.path, made)) return made;
  }
  return null;
}

/** A class of another file is taken at its word: only what is given to `fit` is asked about. */
function isModule(names: PythonNames, path: string, { place }: Made): boolean {
  const own = lookUp(names, path, place).candidates[0]?.to;
  return own?.kind === 'class' ? isLightning(classPaths(names, path, place)) : path.includes('.');
}

const isLightning = (paths: readonly string[]): boolean =>
  paths.some((path) => lastPart(path) === 'LightningModule');

/** The notebook's one class of that kind. */
function onlyModule(names: PythonNames): string | null {
  const found = [...names.bindings].flatMap(([name, bindings]) => {
    const own = bindings.find(({ to, scope }) => to.kind === 'class' && scope === null);
    const isOne = own !== undefined && isLightning(classPaths(names, name, own));
    return isOne ? [name] : [];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** `null`: some of them have no names. */
function argumentsOf(names: PythonNames, { call, place }: Made): readonly Keyword[] | null {
  const tree = names.cells[place.cell]?.tree;
  if (tree === undefined || call.arguments.some(({ kind }) => kind !== 'keyword')) return null;
  return call.arguments.map(({ keyword, value }) => ({ name: keyword, code: textOf(tree, value) }));
}
