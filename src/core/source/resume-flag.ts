import type { Following } from './follow-value.ts';
import { importedPath } from './name-lookup.ts';
import { positionalValues } from './python-call.ts';
import type { PythonNames } from './python-names.ts';
import {
  childrenOf,
  dottedName,
  lastPart,
  textOf,
  walk,
  type PythonTree,
  type SyntaxNode,
} from './python-tree.ts';
import { callsOf, parsedClasses, type DeclaredOption } from './script-parsers.ts';
import { roleOfClass } from './trainer-class.ts';
import type { ResumeFlag } from './training-source.ts';

/** The names looked for, the most telling first. */
const flagNames = ['--resume_from_checkpoint', '--resume-from-checkpoint', '--resume'];

/** How a script takes the checkpoint to resume from; one that takes a path is preferred. `null`: it has no such option. */
export function findResumeFlag(follow: Following, options: readonly DeclaredOption[]): ResumeFlag | null {
  const flags = [
    ...declaredFlags(follow.names, options),
    ...dataclassFlags(follow.names),
    ...fireFlags(follow.names),
  ].sort((one, other) => flagNames.indexOf(one.name) - flagNames.indexOf(other.name));
  return (
    flags.find((flag) => flag.takesValue && flag.used) ??
    flags.find((flag) => flag.takesValue) ??
    flags[0] ??
    null
  );
}

function declaredFlags(names: PythonNames, options: readonly DeclaredOption[]): readonly ResumeFlag[] {
  return options.flatMap((option) => {
    const name = flagNames.find((flag) => option.names.includes(flag));
    if (name === undefined) return [];
    return [{ name, takesValue: option.takesText, used: isRead(names, option.target) }];
  });
}

/**
 * `HfArgumentParser((ModelArguments, TrainingArguments))`: TrainingArguments has `resume_from_checkpoint: str | None`,
 * and so does a dataclass of the script that declares such a field.
 */
function dataclassFlags(names: PythonNames): readonly ResumeFlag[] {
  return parsedClasses(names).flatMap(({ name, place }) => {
    if (roleOfClass(names, name, place) === 'arguments') {
      const target = 'resume_from_checkpoint';
      return [{ name: `--${target}`, takesValue: true, used: isRead(names, target) }];
    }
    return fieldsOfClass(names, name).flatMap(({ field, type }) => {
      const flag = `--${field}`;
      return flagNames.includes(flag)
        ? [{ name: flag, takesValue: /\bstr\b/.test(type), used: isRead(names, field) }]
        : [];
    });
  });
}

/** `fire.Fire(train)`: the function's parameters are the options. */
function fireFlags(names: PythonNames): readonly ResumeFlag[] {
  return callsOf(names).flatMap(({ call, place, name }) => {
    const tree = names.cells[place.cell]?.tree;
    if (tree === undefined || !/^fire\.Fire$/.test(importedPath(names, name, place))) return [];
    const [given] = positionalValues(call);
    const definition =
      given === undefined ? null : definitionOf(tree, 'FunctionDefinition', textOf(tree, given));
    const parameters = definition?.getChild('ParamList');
    const body = definition?.getChild('Body');
    if (!parameters || !body) return [];
    return childrenOf(parameters).flatMap((parameter) => {
      const target = textOf(tree, parameter);
      const flag = `--${target}`;
      if (parameter.name !== 'VariableName' || !flagNames.includes(flag)) return [];
      return [{ name: flag, takesValue: true, used: mentions(tree, body, target) }];
    });
  });
}

function fieldsOfClass(
  names: PythonNames,
  name: string,
): readonly { readonly field: string; readonly type: string }[] {
  for (const { tree } of names.cells) {
    const body = definitionOf(tree, 'ClassDefinition', lastPart(name))?.getChild('Body');
    if (!body) continue;
    return childrenOf(body).flatMap((statement) => {
      const type = statement.name === 'AssignStatement' ? statement.getChild('TypeDef') : null;
      const field = statement.firstChild;
      return type === null || field === null
        ? []
        : [{ field: textOf(tree, field), type: textOf(tree, type) }];
    });
  }
  return [];
}

function definitionOf(tree: PythonTree, kind: string, name: string): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  walk(tree.root, (node) => {
    if (node.name !== kind) return;
    const own = node.getChild('VariableName');
    if (own !== null && textOf(tree, own) === name) found = node;
  });
  return found;
}

/** Whether the code reads an attribute `.target`, all of `vars(args)`, or a name (click hands parameters over). */
function isRead(names: PythonNames, target: string): boolean {
  return names.cells.some(({ tree }) => {
    if (/\bvars\s*\(/.test(tree.text)) return true;
    let found = false;
    walk(tree.root, (node) => {
      if (node.name === 'PropertyName' && textOf(tree, node) === target) found = true;
      if (node.name !== 'FunctionDefinition' || found) return;
      const parameters = node.getChild('ParamList');
      const body = node.getChild('Body');
      const takes =
        parameters !== null && childrenOf(parameters).some((part) => textOf(tree, part) === target);
      if (takes && body !== null) found = mentions(tree, body, target);
    });
    return found;
  });
}

function mentions(tree: PythonTree, within: SyntaxNode, name: string): boolean {
  let found = false;
  walk(within, (node) => {
    if (node.name !== 'VariableName' || textOf(tree, node) !== name) return;
    const isKeyword = node.parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp';
    if (!isKeyword && dottedName(tree, node) === name) found = true;
  });
  return found;
}
