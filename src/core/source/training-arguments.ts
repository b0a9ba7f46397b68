import { constructedField, type Possible } from './constructed-field.ts';
import { valueOfBinding, type Following } from './follow-value.ts';
import { lookUp } from './name-lookup.ts';
import { keywordValue, positionalValues, type CallArgument } from './python-call.ts';
import type { Binding, Place, PythonNames } from './python-names.ts';
import type { SyntaxNode } from './python-tree.ts';
import { handedTo } from './standing.ts';
import { sameValue } from './python-value.ts';
import type { FoundTrainCall } from './train-call.ts';
import { constructionOf, type Construction } from './trainer-class.ts';
import { DEFAULT_FOLDER, defaultValues, eachField, type ArgumentField } from './argument-fields.ts';
import { withClassDefaults, type DefaultsOf } from './class-defaults.ts';
import type { SourceValue, TrainingArguments } from './training-source.ts';

/** The training arguments that a train call's trainer uses; `null` when the notebook does not show them. */
export function readArgumentsOfCall(follow: Following, found: FoundTrainCall): TrainingArguments | null {
  const trainer = constructionOf(follow.names, found.trainer, found.place);
  if (trainer?.role === 'trainer') {
    const given = argumentsNode(follow.names, trainer);
    if (given === 'none') return withoutArguments(follow.names, trainer);
    const made = given === null ? null : constructionOfGiven(follow.names, given, trainer);
    if (made !== null && (made.role === 'arguments' || made.role === 'config')) {
      const changed = [...made.through, ...trainer.through.map(argumentsOfTrainer)];
      return readConstruction(follow, made, changed, found.place);
    }
    if (given !== null) return null;
  }
  const only = onlyArguments(follow.names, found.place);
  const byName = [{ name: `${found.call.trainer}.args`, place: { cell: -1, at: 0 } }];
  return only === null ? null : readConstruction(follow, only, [...only.through, ...byName], found.place);
}

/** The training arguments of a script whose train call was not found: the only ones it makes, or `null`. */
export function readOnlyArguments(follow: Following): TrainingArguments | null {
  const end = { cell: follow.names.cells.length, at: 0 };
  const only = onlyArguments(follow.names, end);
  return only === null ? null : readConstruction(follow, only, only.through, end);
}

/** What an expression in a trainer's construction stands for, be it a parameter of the function that makes the trainer. */
function constructionOfGiven(
  names: PythonNames,
  given: SyntaxNode,
  { place, via }: Construction,
): Construction | null {
  const handed = handedTo(names, { node: given, place, via });
  return handed === null
    ? constructionOf(names, given, place)
    : constructionOf(names, handed.node, handed.place);
}

type Changed = { readonly name: string; readonly place: Place };

const argumentsOfTrainer = (through: Changed): Changed => ({
  name: `${through.name}.args`,
  place: through.place,
});

/**
 * `args=…` of the trainer, or the argument that is one; `none`: it was made without. A trainer of the notebook's own class may
 * take them by any name, and make them itself.
 */
function argumentsNode(names: PythonNames, trainer: Construction): SyntaxNode | 'none' | null {
  const keyword = keywordValue(trainer.call, 'args');
  if (keyword !== null) return keyword.name === 'None' ? 'none' : keyword;
  const isArguments = ({ value }: CallArgument): boolean =>
    constructionOfGiven(names, value, trainer)?.role === 'arguments';
  const given = trainer.call.arguments.filter(({ kind }) => kind === 'positional' || kind === 'keyword');
  const found = given.find(isArguments);
  if (found !== undefined) return found.value;
  const open = trainer.call.arguments.some(({ kind }) => kind === 'star' || kind === 'double-star');
  const isOwn = lookUp(names, trainer.className, trainer.place).candidates[0]?.to.kind === 'class';
  return open || isOwn || positionalValues(trainer.call).length > 1 ? null : 'none';
}

/** `Trainer()` without arguments writes to `tmp_trainer` (transformers/trainer.py, 5.x); TRL names it after the model. */
function withoutArguments(names: PythonNames, trainer: Construction): TrainingArguments {
  const plain = !isTrl(trainer.className);
  const read: TrainingArguments = {
    ...defaultValues(),
    className: plain ? 'TrainingArguments' : trainer.className.replace(/Trainer$/, 'Config'),
    cellId: names.cells[trainer.place.cell]?.id ?? '',
    usesEvaluationStrategy: false,
    outputDir: plain ? { kind: 'default', value: 'tmp_trainer' } : { kind: 'unknown' },
  };
  if (plain) return read;
  return usesUnsloth(names)
    ? withClassDefaults({ ...read, outputDir: { kind: 'default', value: DEFAULT_FOLDER } }, 'unsloth')
    : withClassDefaults(read, 'trl');
}

const isTrl = (className: string): boolean =>
  !/^(?:Seq2Seq|SentenceTransformer|CrossEncoder)?Trainer$/.test(className);

/** The one `…TrainingArguments(…)` assigned in the notebook above a place, when there is just one. */
function onlyArguments(names: PythonNames, place: Place): Construction | null {
  const found: Construction[] = [];
  for (const name of names.bindings.keys()) {
    for (const { to, cell, at } of lookUp(names, name, place).candidates) {
      const call = to.kind === 'expression' && to.node.name === 'CallExpression' ? to.node : null;
      const made = call === null ? null : constructionOf(names, call, { cell, at });
      if (made?.role === 'arguments' && made.call.node.from === call?.from && made.place.cell === cell)
        found.push({ ...made, through: [{ name, place: { cell, at } }] });
    }
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Reads the fields of a `TrainingArguments(…)` call, with what was set on it by `args.save_steps = 50` before `until`. */
export function readConstruction(
  follow: Following,
  made: Construction,
  changed: readonly Changed[],
  until: Place,
): TrainingArguments {
  const values = eachField((field) => readField(follow, made, changed, until, field));
  const plain: TrainingArguments = {
    ...values,
    className: made.className,
    cellId: follow.names.cells[made.place.cell]?.id ?? '',
    usesEvaluationStrategy: keywordValue(made.call, 'evaluation_strategy') !== null,
  };
  return withClassDefaults(plain, defaultsOf(follow.names, made));
}

function defaultsOf(names: PythonNames, { className, role }: Construction): DefaultsOf {
  if (role !== 'arguments' || !className.endsWith('Config')) return 'transformers';
  return usesUnsloth(names) ? 'unsloth' : 'trl';
}

function usesUnsloth(names: PythonNames): boolean {
  return names.cells.some(({ tree }) => /^[ \t]*(?:import|from)[ \t]+unsloth\b/m.test(tree.text));
}

export function readField<T>(
  follow: Following,
  made: Construction,
  changed: readonly Changed[],
  until: Place,
  field: Omit<ArgumentField<T>, 'of'>,
): SourceValue<T> {
  const changes = changed.flatMap(({ name, place }) =>
    changesOf(follow, `${name}.${field.name}`, until, place),
  );
  const last = changes.filter((change) => change.certain).at(-1);
  const possible: Possible[] = changes.filter(
    (change) => last === undefined || change === last || change.order >= last.order,
  );
  if (last === undefined) {
    const constructed = constructedField(follow, made, field);
    if (constructed === 'absent' && possible.length === 0) return { kind: 'default', value: field.fallback };
    if (constructed === 'absent' || constructed === null) return { kind: 'unknown' };
    possible.push(constructed);
  }
  const [first] = possible;
  const value = first?.value;
  if (first === undefined || value === undefined || value === null) return { kind: 'unknown' };
  if (!possible.every((other) => other.value !== null && sameValue(other.value, value)))
    return { kind: 'unknown' };
  return field.accept(value, follow.names.cells[first.cell]?.id ?? '');
}

interface Change extends Possible {
  readonly certain: boolean;
  readonly order: number;
}

/** Assignments to one field between the construction and `until`, in the order of the notebook. */
function changesOf(follow: Following, name: string, until: Place, after: Place): readonly Change[] {
  const { candidates, definite } = lookUp(follow.names, name, until, after);
  return candidates.toReversed().map((binding: Binding, index) => ({
    value: valueOfBinding(follow, binding),
    cell: binding.cell,
    certain: definite && index === 0,
    order: binding.cell * 1e9 + binding.at,
  }));
}
