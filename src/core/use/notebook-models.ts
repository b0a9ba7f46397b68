import { isHoldfastCell } from '../recovery/holdfast-cell.ts';
import { followValue, following, type Following } from '../source/follow-value.ts';
import { importedPath } from '../source/name-lookup.ts';
import { positionalValues, type PythonCall } from '../source/python-call.ts';
import { collectNames, type Place, type PythonNames } from '../source/python-names.ts';
import { lastPart, textOf } from '../source/python-tree.ts';
import { callsOf } from '../source/script-parsers.ts';
import type { CellSource } from '../source/training-source.ts';
import { roleOfClass } from '../source/trainer-class.ts';

/** An argument of the notebook's own call, its value as its user wrote it. */
export interface Keyword {
  readonly name: string;
  readonly code: string;
}

/** `AutoModelForCausalLM.from_pretrained("…", dtype=dtype)` in the notebook. */
export interface FromPretrained {
  /** The package it is imported from: `transformers`, `unsloth`. */
  readonly module: string;
  readonly className: string;
  /** What it loads, where that can be followed. */
  readonly source: string | null;
  readonly keywords: readonly Keyword[];
}

/** What the notebook's own code says about models and their tokenizers. */
export interface NotebookModels {
  readonly follow: Following;
  /** All of its code in one text, without the cells that Holdfast wrote. */
  readonly text: string;
  readonly calls: readonly FromPretrained[];
  /** The name of its tokenizer or processor; `null`: it has none. */
  readonly tokenizer: string | null;
}

/** Reads the notebook's code cells; what Holdfast put there says nothing about the user's models. */
export function readNotebookModels(cells: readonly CellSource[]): NotebookModels {
  const own = cells.filter(({ source }) => !isHoldfastCell(source));
  const follow = following(collectNames(own));
  const { names } = follow;
  const calls = callsOf(names).flatMap(
    ({ call, place, name }) => readFromPretrained(follow, call, place, name) ?? [],
  );
  const text = names.cells.map(({ tree }) => tree.text).join('\n');
  return { follow, text, calls, tokenizer: tokenizerOf(names) };
}

const method = '.from_pretrained';

function readFromPretrained(
  follow: Following,
  call: PythonCall,
  place: Place,
  name: string,
): FromPretrained | null {
  const tree = follow.names.cells[place.cell]?.tree;
  if (tree === undefined || !name.endsWith(method)) return null;
  const path = importedPath(follow.names, name.slice(0, -method.length), place);
  const given = call.arguments.find(({ keyword }) =>
    ['model_name', 'pretrained_model_name_or_path'].includes(keyword),
  );
  const source = given?.value ?? positionalValues(call)[0];
  const value = source === undefined ? null : followValue(follow, source, place);
  return {
    module: path.includes('.') ? path.slice(0, path.indexOf('.')) : '',
    className: lastPart(path),
    source: value?.type === 'str' ? value.value : null,
    keywords: call.arguments.flatMap(({ kind, keyword, value: code }) =>
      kind === 'keyword' ? [{ name: keyword, code: textOf(tree, code) }] : [],
    ),
  };
}

/** What the trainer is given to save beside the model, else what is called `tokenizer` or `processor`. */
function tokenizerOf(names: PythonNames): string | null {
  for (const { call, place, name } of callsOf(names)) {
    const tree = names.cells[place.cell]?.tree;
    if (tree === undefined || roleOfClass(names, name, place) !== 'trainer') continue;
    const given = call.arguments.find(({ keyword }) => ['processing_class', 'tokenizer'].includes(keyword));
    if (given?.value.name === 'VariableName') return textOf(tree, given.value);
  }
  const isTopLevel = (name: string): boolean =>
    names.bindings.get(name)?.some(({ scope, to }) => scope === null && to.kind !== 'import') ?? false;
  return ['tokenizer', 'processor'].find(isTopLevel) ?? null;
}

/** The arguments among these that the notebook gives, in its order. */
export const keywordsOf = (call: FromPretrained, wanted: readonly string[]): readonly Keyword[] =>
  call.keywords.filter(({ name }) => wanted.includes(name));

/** Texts to ask a model with, where the notebook has a list of them by such a name. */
export function promptsOf({ follow }: NotebookModels): readonly string[] {
  for (const [name, bindings] of follow.names.bindings) {
    const binding = bindings.at(-1);
    if (!/^(?:\w+_)?(?:prompts|questions|test_cases)$/.test(name) || binding?.to.kind !== 'expression')
      continue;
    if (binding.scope !== null) continue;
    const value = followValue(follow, binding.to.node, { cell: binding.cell, at: binding.at });
    const items = value?.type === 'list' ? value.items : [];
    const texts = items.flatMap((item) => (item.type === 'str' ? [item.value] : []));
    const fits = texts.length === items.length && texts.length <= maxPrompts;
    if (texts.length > 0 && fits && texts.every(({ length }) => length <= maxPromptLength)) return texts;
  }
  return [];
}

const maxPrompts = 20;
const maxPromptLength = 2000;
