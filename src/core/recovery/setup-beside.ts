import { readIpythonCell } from '../source/ipython-cell.ts';
import {
  childrenOf,
  dottedName,
  lastPart,
  parsePython,
  textOf,
  type PythonTree,
  type SyntaxNode,
} from '../source/python-tree.ts';
import { setupMark } from './setup-mark.ts';

/** One command and no other: nothing of a shell that could begin a second one, or write to a file. */
const INSTALL =
  /^[!%]\s*(?:uv\s+)?(?:pip3?|conda|mamba|micromamba)\s+install\s(?:"[^"$`{}\n\\]*"|'[^'{}\n\\]*'|[^"';&|<>`$(){}\n\\])*$/;
/** How the notebook shows things, or which modules it reads again. */
const SETTING = /^%\s*(?:matplotlib|load_ext|autoreload|config)\b[^!;{}\n]*$/;

const SEEDS = new Set(['set_seed', 'seed', 'manual_seed', 'manual_seed_all', 'seed_everything']);

/** Values that are written out: making them looks at nothing. */
const LITERALS = new Set(['Number', 'String', 'ContinuedString', 'Boolean', 'None']);

/**
 * Whether a setup cell can run while a checkpoint is put back, because all that is written in it is to install, to import, and to
 * give names to plain values, or to set a seed: none of that looks for the checkpoint, or touches its folder. What is not plainly so is not so.
 */
export const canRunBeside = (source: string): boolean => {
  if (setupMark(source) === 'asks') return false;
  const { kind, python, commands } = readIpythonCell(source);
  if (kind !== 'python') return false;
  const lines = commands.map(({ from, to }) => source.slice(from, to).trim());
  if (!lines.every((line) => INSTALL.test(line) || SETTING.test(line))) return false;
  const tree = parsePython(python);
  const statements = childrenOf(tree.root);
  return statements.length > 0 && statements.every((each) => isPlain(tree, each));
};

const isPlain = (tree: PythonTree, statement: SyntaxNode): boolean => {
  switch (statement.name) {
    case 'ImportStatement':
    case ';':
      return true;
    case 'StatementGroup':
      return childrenOf(statement).every((each) => isPlain(tree, each));
    case 'AssignStatement':
      return isPlainAssignment(tree, childrenOf(statement));
    case 'ExpressionStatement': {
      const [value] = childrenOf(statement);
      // The name stands where a command was; a text stands for itself.
      if (value === undefined || textOf(tree, statement).trim() === '_') return true;
      return isLiteral(value) || (value.name === 'CallExpression' && isSeed(tree, childrenOf(value)));
    }
    default:
      return false;
  }
};

const isPlainAssignment = (tree: PythonTree, [name, sign, value, ...more]: readonly SyntaxNode[]): boolean =>
  name !== undefined &&
  dottedName(tree, name) !== null &&
  sign?.name === 'AssignOp' &&
  value !== undefined &&
  isLiteral(value) &&
  more.length === 0;

/** `torch.manual_seed(0)` and its like. */
const isSeed = (tree: PythonTree, [called, values]: readonly SyntaxNode[]): boolean => {
  const name = called === undefined ? null : dottedName(tree, called);
  if (name === null || values === undefined || !SEEDS.has(lastPart(name))) return false;
  return childrenOf(values).every((each) => /^[(),]$/.test(each.name) || isLiteral(each));
};

const isLiteral = ({ name }: SyntaxNode): boolean => LITERALS.has(name);
