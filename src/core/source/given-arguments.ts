import { commandLineValues } from './command-line-arguments.ts';
import { following, type Following } from './follow-value.ts';
import type { GivenArgument } from './given-argument.ts';
import { importedPath, lookUp } from './name-lookup.ts';
import { printedValue } from './printed-value.ts';
import type { PythonCall } from './python-call.ts';
import { collectNames, type Place } from './python-names.ts';
import { childrenOf, dottedName, lastPart, textOf, type SyntaxNode } from './python-tree.ts';
import { looksLikeTraining, scriptCommands } from './script-command.ts';
import { callsOf } from './script-parsers.ts';
import { readField } from './training-arguments.ts';
import type { CellSource, TrainingSource } from './training-source.ts';

const MOST_ARGUMENTS = 120;
const LONGEST_VALUE = 200;

/** What sets how a model is trained, beside the arguments of its trainer (peft 0.21, torch.optim 2.13, keras.optimizers 3). */
const settingClasses = new Set([
  'LoraConfig', 'LoHaConfig', 'LoKrConfig', 'AdaLoraConfig', 'IA3Config', 'PrefixTuningConfig', 'PromptTuningConfig',
  'BitsAndBytesConfig', 'Adam', 'AdamW', 'SGD', 'Adagrad', 'Adadelta', 'RMSprop', 'NAdam', 'RAdam', 'Adafactor', 'Lion',
  'AdamW8bit', 'PagedAdamW8bit',
]); // prettier-ignore
/** Functions that hand such settings on (unsloth: `FastLanguageModel.get_peft_model(model, r=16, …)`). */
const settingFunctions = new Set(['get_peft_model']);

/**
 * All arguments that the code gives by name to what trains in a cell, in the order of the code: those of the training arguments
 * that count (also set later, `args.learning_rate = 1e-4`, and from a dictionary, `**common`), of the call that trains, of a
 * PEFT configuration and an optimizer above it, and the options of a script's command line. Each once; what stands there and
 * cannot be followed has the value `null`.
 */
export function givenArguments(
  cells: readonly CellSource[],
  trainingCellId: string,
  training: TrainingSource,
): readonly GivenArgument[] {
  const index = cells.findIndex(({ id }) => id === trainingCellId);
  const cell = cells[index];
  if (cell === undefined) return [];
  const follow = following(collectNames(cells));
  const found = meantCalls(follow, index, training).flatMap((each) => argumentsOf(follow, each, index));
  return [...found, ...optionsOf(follow, cell, index)].slice(0, MOST_ARGUMENTS);
}

interface MeantCall {
  readonly call: PythonCall;
  readonly place: Place;
  readonly of: string;
}

function meantCalls(follow: Following, cell: number, training: TrainingSource): readonly MeantCall[] {
  const { names } = follow;
  const above = callsOf(names)
    .filter(({ place }) => place.cell <= cell)
    .map(({ call, place, name }) => ({ call, place, of: lastPart(importedPath(names, name, place)), name }));
  const { arguments: given, training: other } = training;
  const site = other?.site.kind === 'call' ? other.site : null;
  const lastOf = (isOne: (each: (typeof above)[number]) => boolean): readonly MeantCall[] =>
    above.findLast(isOne) === undefined ? [] : [above.findLast(isOne)].flatMap((each) => each ?? []);
  return [
    ...lastOf(({ of, place }) => of === given?.className && names.cells[place.cell]?.id === given.cellId),
    ...lastOf(({ name }) => site?.made !== null && name === site?.made.className),
    ...lastOf(({ call, place }) => place.cell === cell && site?.call?.from === call.node.from),
    ...[...settingClasses].flatMap((wanted) => lastOf(({ of }) => of === wanted)),
    ...[...settingFunctions].flatMap((wanted) => lastOf(({ of }) => of === wanted)),
  ];
}

function argumentsOf(
  follow: Following,
  { call, place, of }: MeantCall,
  until: number,
): readonly GivenArgument[] {
  const holders = holdersOf(follow, call, place);
  const names = new Set([
    ...call.arguments.flatMap(({ kind, keyword, value }) => {
      if (kind === 'keyword') return [keyword];
      return kind === 'double-star' ? keysOf(follow, value, place) : [];
    }),
    ...holders.flatMap(({ name }) => fieldsSetOn(follow, name)),
  ]);
  const made = { call, className: of, role: 'arguments' as const, place, through: holders, via: [] };
  const end: Place = { cell: until + 1, at: 0 };
  return [...names].slice(0, MOST_ARGUMENTS).flatMap((name): readonly GivenArgument[] => {
    const read = readField<string | null>(follow, made, holders, end, {
      name,
      fallback: null,
      accept: (value, cellId) => ({ kind: 'known', value: printedValue(value), cellId }),
    });
    if (read.kind === 'default') return [];
    const value = read.kind === 'known' ? read.value : null;
    return [{ of, name, value: value?.slice(0, LONGEST_VALUE) ?? null }];
  });
}

type Holder = { readonly name: string; readonly place: Place };

/** The names that what a call made was given. */
function holdersOf({ names }: Following, { node }: PythonCall, place: Place): readonly Holder[] {
  return [...names.bindings.values()].flatMap((bindings) =>
    bindings.flatMap(({ name, to, cell, at }): readonly Holder[] =>
      to.kind === 'expression' && cell === place.cell && to.node.from === node.from && to.node.to === node.to
        ? [{ name, place: { cell, at } }]
        : [],
    ),
  );
}

function fieldsSetOn({ names }: Following, holder: string): readonly string[] {
  return [...names.bindings.keys()].flatMap((name) => {
    const field = name.startsWith(`${holder}.`) ? name.slice(holder.length + 1) : '';
    return /^\w+$/.test(field) ? [field] : [];
  });
}

/** The keys of `**common`, where a literal dictionary or a `dict(…)` stands behind it. */
function keysOf(follow: Following, node: SyntaxNode, place: Place, depth = 0): readonly string[] {
  const tree = follow.names.cells[place.cell]?.tree;
  if (tree === undefined || depth > 8) return [];
  const name = dottedName(tree, node);
  if (name !== null) {
    const [binding] = lookUp(follow.names, name, place).candidates;
    if (binding?.to.kind !== 'expression') return [];
    return keysOf(follow, binding.to.node, { cell: binding.cell, at: binding.at }, depth + 1);
  }
  const parts = childrenOf(node.name === 'CallExpression' ? (node.lastChild ?? node) : node);
  return parts.flatMap((part, index) => {
    const mark = parts[index + 1];
    if (mark?.name === ':' && part.name === 'String') return [textOf(tree, part).slice(1, -1)];
    return mark?.name === 'AssignOp' ? [textOf(tree, part)] : [];
  });
}

/** Of the script that the cell runs: `--learning_rate 3e-4`. */
function optionsOf(follow: Following, { source }: CellSource, cell: number): readonly GivenArgument[] {
  const command = scriptCommands(source).find((each) => looksLikeTraining(source, each));
  if (command === undefined) return [];
  const values = commandLineValues(follow, source, command, { cell, at: command.from });
  return [...values].map(([name, value]) => ({
    of: command.script,
    name,
    value: value.kind === 'known' ? value.value.slice(0, LONGEST_VALUE) : null,
  }));
}
