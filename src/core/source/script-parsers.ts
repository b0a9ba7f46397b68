import { followValue, type Following } from './follow-value.ts';
import { importedPath } from './name-lookup.ts';
import { keywordValue, positionalValues, readArguments, readCall, type PythonCall } from './python-call.ts';
import type { Place, PythonNames } from './python-names.ts';
import {
  childrenOf,
  dottedName,
  lastPart,
  textOf,
  walk,
  type PythonTree,
  type SyntaxNode,
} from './python-tree.ts';
import type { PythonValue } from './python-value.ts';
import { roleOfClass } from './trainer-class.ts';

/** One option that a script declares with argparse or click. */
export interface DeclaredOption {
  /** As on the command line: `--resume_from_checkpoint`. */
  readonly names: readonly string[];
  /** The attribute or parameter it arrives in. */
  readonly target: string;
  /** Whether it takes a text as its value: not a switch, not a yes/no, not a choice. */
  readonly takesText: boolean;
  readonly type: string;
  readonly fallback: SyntaxNode | null;
  readonly place: Place;
}

/** The options declared by `add_argument(…)` and `@click.option(…)` in a script. */
export function declaredOptions(follow: Following): readonly DeclaredOption[] {
  return callsOf(follow.names).flatMap(({ call, place, name }) => {
    if (!/^(?:add_argument|option)$/.test(lastPart(name))) return [];
    const texts = positionalValues(call).flatMap((node) => {
      const value = followValue(follow, node, place);
      return value?.type === 'str' ? [value.value] : [];
    });
    const names = texts.filter((text) => text.startsWith('-'));
    if (names.length === 0) return [];
    return [describe(follow, call, place, names, texts)];
  });
}

function describe(
  follow: Following,
  call: PythonCall,
  place: Place,
  names: readonly string[],
  texts: readonly string[],
): DeclaredOption {
  const text = (node: SyntaxNode | null): string => {
    const tree = follow.names.cells[place.cell]?.tree;
    return node === null || tree === undefined ? '' : textOf(tree, node);
  };
  const type = text(keywordValue(call, 'type'));
  const action = text(keywordValue(call, 'action')).replace(/['"]/g, '');
  const isSwitch = /^(?:store_|count|help|version)|BooleanOptionalAction/.test(action);
  const isFlag = text(keywordValue(call, 'is_flag')) === 'True' || names.some((name) => name.includes('/'));
  const yesNo = /bool/i.test(type) || type === 'int' || type === 'float';
  const chosen = keywordValue(call, 'choices') !== null || /Choice/.test(type);
  const given = keywordValue(call, 'dest');
  const dest = given === null ? undefined : followValue(follow, given, place);
  const own = texts.find((other) => !other.startsWith('-'));
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
  const target = dest?.type === 'str' ? dest.value : (own ?? long.replace(/^--?/, '').replaceAll('-', '_'));
  const takesText = !isSwitch && !isFlag && !yesNo && !chosen;
  return { names, target, takesText, type, fallback: keywordValue(call, 'default'), place };
}

/** The value that `args.<attribute>` has for the options given on the command line; `null`: unknown. */
export function optionValue(
  follow: Following,
  options: readonly DeclaredOption[],
  given: ReadonlyMap<string, string | null>,
  attribute: string,
): PythonValue | null {
  const option = options.find(({ target }) => target === attribute);
  if (option === undefined) return null;
  const key = option.names
    .map((name) => name.replace(/^--?/, '').replaceAll('-', '_'))
    .find((name) => given.has(name));
  if (key === undefined)
    return option.fallback === null ? { type: 'none' } : followValue(follow, option.fallback, option.place);
  const text = given.get(key) ?? null;
  if (text === null) return null;
  if (option.type !== 'int' && option.type !== 'float')
    return option.type === '' || option.type === 'str' ? { type: 'str', value: text } : null;
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? null : { type: option.type, value: number };
}

/** The classes a script hands to `HfArgumentParser` or TRL's `TrlParser`; their fields become options. */
export function parsedClasses(
  names: PythonNames,
): readonly { readonly name: string; readonly place: Place }[] {
  return callsOf(names).flatMap(({ call, place, name }) => {
    const tree = names.cells[place.cell]?.tree;
    if (
      tree === undefined ||
      !/^(?:HfArgumentParser|TrlParser|H4ArgumentParser)$/.test(lastPart(importedPath(names, name, place)))
    )
      return [];
    const given = keywordValue(call, 'dataclass_types') ?? positionalValues(call)[0];
    const list =
      given === undefined || given === null
        ? []
        : /^(?:Tuple|Array)Expression$/.test(given.name)
          ? childrenOf(given)
          : [given];
    return list.flatMap((node) => {
      const className = dottedName(tree, node);
      return className === null ? [] : [{ name: className, place }];
    });
  });
}

/** The class of training arguments that a script's parser fills from the command line, or `null`. */
export function parsedArgumentsClass(names: PythonNames): string | null {
  const found = parsedClasses(names).find(
    ({ name, place }) => roleOfClass(names, name, place) === 'arguments',
  );
  return found === undefined ? null : lastPart(importedPath(names, found.name, found.place));
}

interface NamedCall {
  readonly call: PythonCall;
  readonly place: Place;
  readonly name: string;
}

/** `@click.option(…)`: the syntax tree has no call expression in a decorator. */
function decoratorCall(tree: PythonTree, node: SyntaxNode): PythonCall | null {
  const list = node.getChild('ArgList');
  const callee = node.getChildren('VariableName').at(-1);
  const given = list === null ? null : readArguments(tree, list);
  if (list === null || callee === undefined || given === null) return null;
  return { node, callee, arguments: given, open: list.from + 1 };
}

/** Every call in the code with a plain name, functions' bodies included. */
export function callsOf(names: PythonNames): readonly NamedCall[] {
  const known = collected.get(names) ?? collectCalls(names);
  collected.set(names, known);
  return known;
}

/** Asked for each call that may train, so collected once. */
const collected = new WeakMap<PythonNames, readonly NamedCall[]>();

function collectCalls(names: PythonNames): readonly NamedCall[] {
  const found: NamedCall[] = [];
  for (const [cell, { tree }] of names.cells.entries()) {
    walk(tree.root, (node) => {
      const call = node.name === 'Decorator' ? decoratorCall(tree, node) : readCall(tree, node);
      if (call === null) return;
      const method = call.callee.name === 'MemberExpression' ? call.callee.lastChild : null;
      const name = dottedName(tree, call.callee) ?? (method === null ? '' : textOf(tree, method));
      found.push({ call, place: { cell, at: node.from }, name });
    });
  }
  return found;
}
