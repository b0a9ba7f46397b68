import { positionalValues } from '../source/python-call.ts';
import { importedPath } from '../source/name-lookup.ts';
import { lastPart } from '../source/python-tree.ts';
import { callsOf } from '../source/script-parsers.ts';
import type { NotebookModels } from './notebook-models.ts';
import type { Recipe, UsedCheckpoint } from './recipe.ts';

/** `SentenceTransformer("outputs/checkpoint-500")`; `null`: it is none. It brings its tokenizer and finds its device. */
export function sentenceRecipe(
  { follow: { names } }: NotebookModels,
  { files }: UsedCheckpoint,
): Recipe | null {
  const made = callsOf(names).find(
    ({ call, place, name }) =>
      /^sentence_transformers\.(?:\w+\.)*(?:SentenceTransformer|CrossEncoder|SparseEncoder)$/.test(
        importedPath(names, name, place),
      ) && positionalValues(call).length > 0,
  );
  if (made === undefined && !files.includes('modules.json')) return null;
  const className =
    made === undefined ? 'SentenceTransformer' : lastPart(importedPath(names, made.name, made.place));
  return {
    kind: `sentence-transformers ${className}`,
    answers: className === 'CrossEncoder' ? 'predict' : 'embed',
    imports: [{ module: 'sentence_transformers', name: className }],
    base: null,
    load: ({ model, of }, path) => [`${model} = ${of(className)}(${path})`],
  };
}
