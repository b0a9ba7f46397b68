import { followValue, type Following } from './follow-value.ts';
import { importedPath, lookUp } from './name-lookup.ts';
import { positionalValues, readCall } from './python-call.ts';
import { stringPieces } from './python-text.ts';
import { childrenOf, lastPart, textOf, dottedName, type PythonTree, type SyntaxNode } from './python-tree.ts';
import { asText, maxTextLength } from './python-value.ts';
import { givenFor, type Standing } from './standing.ts';
import type { NamePiece } from './saved-state.ts';
import type { SourceValue } from './training-source.ts';

/** A path as far as the code tells it: the folder, and the last part with what changes in it. */
export interface FollowedPath {
  readonly folder: SourceValue<string>;
  readonly name: readonly NamePiece[] | null;
  /** The whole path where all of it is known. */
  readonly whole: SourceValue<string>;
}

const unknown = { kind: 'unknown' } as const;
export const unknownPath: FollowedPath = { folder: unknown, name: null, whole: unknown };

/** Follows the path of a file: `"a/b.pt"`, `os.path.join(out, f"model_{epoch}.pt")`, a parameter of a function. */
export function followPath(follow: Following, standing: Standing): FollowedPath {
  const pieces = piecesOf(follow, standing, 0);
  const cellId = follow.names.cells[standing.place.cell]?.id ?? '';
  const known = (value: string): SourceValue<string> => ({ kind: 'known', value, cellId });
  const at = pieces.findLastIndex((piece) => piece.kind === 'text' && piece.text.includes('/'));
  const split = pieces[at];
  if (split?.kind !== 'text') {
    if (pieces[0]?.kind !== 'text' || pieces[0].text === '') return unknownPath;
    const whole = textOnly(pieces);
    return { folder: known('.'), name: pieces, whole: whole === null ? unknown : known(whole) };
  }
  const cut = split.text.lastIndexOf('/');
  const folder = textOnly([...pieces.slice(0, at), { kind: 'text', text: split.text.slice(0, cut) || '/' }]);
  const rest: readonly NamePiece[] = [
    { kind: 'text', text: split.text.slice(cut + 1) },
    ...pieces.slice(at + 1),
  ];
  const whole = textOnly(pieces);
  return {
    folder: folder === null ? unknown : known(folder),
    name: rest.filter((piece) => piece.kind !== 'text' || piece.text !== ''),
    whole: whole === null ? unknown : known(whole),
  };
}

/** The value of an expression that is a folder. */
export function followFolder(follow: Following, standing: Standing): SourceValue<string> {
  return followPath(follow, standing).whole;
}

function textOnly(pieces: readonly NamePiece[]): string | null {
  return pieces.every((piece) => piece.kind === 'text') ? pieces.map(({ text }) => text).join('') : null;
}

const maxDepth = 24;

function piecesOf(follow: Following, standing: Standing, depth: number): readonly NamePiece[] {
  const { node, place } = standing;
  const tree = follow.names.cells[place.cell]?.tree;
  follow.budget.left -= 1;
  if (tree === undefined || follow.budget.left < 0) return [{ kind: 'expression', code: '' }];
  const value = followValue(follow, node, place);
  if (value?.type === 'str' || value?.type === 'path' || value?.type === 'int') {
    return [{ kind: 'text', text: asText(value) ?? '' }];
  }
  const inner = depth > maxDepth ? null : partsOf(follow, standing, tree, depth + 1);
  const length = inner?.reduce((sum, piece) => sum + (piece.kind === 'text' ? piece.text.length : 0), 0) ?? 0;
  return inner === null || length > maxTextLength
    ? [{ kind: 'expression', code: textOf(tree, node) }]
    : merged(inner);
}

function partsOf(
  follow: Following,
  standing: Standing,
  tree: PythonTree,
  depth: number,
): readonly NamePiece[] | null {
  const { node } = standing;
  const of = (other: SyntaxNode): readonly NamePiece[] =>
    piecesOf(follow, { ...standing, node: other }, depth);
  const [first, second, third] = childrenOf(node);
  switch (node.name) {
    case 'FormatString':
      return (
        stringPieces(tree, node, 'kept')?.flatMap((piece) =>
          piece.kind === 'text' ? [piece] : of(piece.node),
        ) ?? null
      );
    case 'ContinuedString':
      return childrenOf(node).flatMap(of);
    case 'ParenthesizedExpression':
      return second === undefined ? null : of(second);
    case 'BinaryExpression': {
      if (first === undefined || second === undefined || third === undefined) return null;
      const operator = textOf(tree, second);
      if (operator === '+') return [...of(first), ...of(third)];
      return operator === '/' ? joined([of(first), of(third)]) : null;
    }
    case 'VariableName':
    case 'MemberExpression':
      return namedParts(follow, standing, tree, depth);
    case 'CallExpression':
      return callParts(follow, standing, tree, of);
    default:
      return null;
  }
}

function namedParts(
  follow: Following,
  { node, place, via }: Standing,
  tree: PythonTree,
  depth: number,
): readonly NamePiece[] | null {
  const name = dottedName(tree, node);
  if (name === null) return null;
  const { candidates } = lookUp(follow.names, name, place);
  const [binding] = candidates;
  if (binding === undefined || candidates.length > 1) return null;
  if (binding.to.kind === 'expression') {
    const at = { cell: binding.cell, at: binding.at };
    return piecesOf(follow, { node: binding.to.node, place: at, via }, depth);
  }
  const given = binding.to.kind === 'opaque' ? givenFor(name, via) : null;
  return given === null ? null : piecesOf(follow, given, depth);
}

function callParts(
  follow: Following,
  { node, place }: Standing,
  tree: PythonTree,
  of: (node: SyntaxNode) => readonly NamePiece[],
): readonly NamePiece[] | null {
  const call = readCall(tree, node);
  const name = call === null ? null : dottedName(tree, call.callee);
  if (call === null || name === null) return null;
  const values = positionalValues(call);
  const path = importedPath(follow.names, name, place);
  if (/^(?:os\.path\.join|(?:pathlib\.)?(?:Pure)?(?:Posix)?Path)$/.test(path)) return joined(values.map(of));
  const [only] = values;
  const plain = /^(?:str|os\.(?:fspath|path\.(?:abspath|realpath|expanduser|normpath)))$/.test(path);
  return plain && only !== undefined && lastPart(path) !== 'expanduser' ? of(only) : null;
}

/** `os.path.join`: a part that begins with `/` starts over. */
function joined(parts: readonly (readonly NamePiece[])[]): readonly NamePiece[] {
  return parts.reduce<readonly NamePiece[]>((path, part) => {
    const [first] = part;
    const last = path.at(-1);
    if (path.length === 0 || (first?.kind === 'text' && first.text.startsWith('/'))) return part;
    const slash = last?.kind === 'text' && last.text.endsWith('/') ? '' : '/';
    return [...path, { kind: 'text', text: slash }, ...part];
  }, []);
}

function merged(pieces: readonly NamePiece[]): readonly NamePiece[] {
  const found: NamePiece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') {
      found[found.length - 1] = { kind: 'text', text: last.text + piece.text };
    } else if (piece.kind !== 'text' || piece.text !== '') found.push(piece);
  }
  return found;
}
