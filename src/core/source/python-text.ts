import { childrenOf, textOf, type PythonTree, type SyntaxNode } from './python-tree.ts';

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** A piece of a string: its text, or the expression of an f-string's `{…}`. */
export type StringPiece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'value'; readonly node: SyntaxNode };

/**
 * The pieces of a `String` or `FormatString` node; `null` for bytes and broken strings, and for formats (`{x:.2f}`) unless
 * they are `kept`: such a piece is the expression without its format.
 */
export function stringPieces(
  tree: PythonTree,
  node: SyntaxNode,
  formats: 'refused' | 'kept' = 'refused',
): readonly StringPiece[] | null {
  const whole = textOf(tree, node);
  const opening = /^([a-zA-Z]*)('''|"""|'|")/.exec(whole);
  const prefix = opening?.[1]?.toLowerCase() ?? '';
  const quote = opening?.[2];
  if (quote === undefined || /[bt]/.test(prefix)) return null;
  const from = node.from + prefix.length + quote.length;
  const to = node.to - quote.length;
  if (to < from || !whole.endsWith(quote)) return null;
  const raw = prefix.includes('r');
  const format = node.name === 'FormatString';
  const pieces: StringPiece[] = [];
  let done = from;
  for (const child of format ? childrenOf(node) : []) {
    if (child.name !== 'FormatReplacement') continue;
    const [, value, close] = childrenOf(child);
    const text = decode(tree.text.slice(done, child.from), raw, format);
    if (text === null || value === undefined) return null;
    if (close?.name !== '}' && formats === 'refused') return null;
    pieces.push({ kind: 'text', text }, { kind: 'value', node: value });
    done = child.to;
  }
  const text = decode(tree.text.slice(done, to), raw, format);
  return text === null ? null : [...pieces, { kind: 'text', text }];
}

function decode(text: string, raw: boolean, format: boolean): string | null {
  const plain = raw ? text : unescape(text);
  if (!format || plain === null) return plain;
  // A brace on its own belongs to an expression that the parser took for text.
  const alone = text.replaceAll('{{', '').replaceAll('}}', '');
  return /[{}]/.test(alone) ? null : plain.replaceAll('{{', '{').replaceAll('}}', '}');
}

/** Python's escapes (Lexical analysis, "String and Bytes literals"); `null` for `\N{…}` and malformed ones. */
function unescape(text: string): string | null {
  let failed = false;
  const pattern = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r\n|[^]))/g;
  const plain = text.replace(
    pattern,
    (all, octal?: string, x?: string, u?: string, U?: string, one?: string) => {
      const hex = x ?? u ?? U;
      const code = octal !== undefined ? parseInt(octal, 8) : hex !== undefined ? parseInt(hex, 16) : null;
      if (code !== null && code <= 0x10ffff) return String.fromCodePoint(code);
      if (code !== null || one === undefined || /^[xuUN]$/.test(one)) failed = true;
      return one === '\r\n' ? '' : (simpleEscapes.get(one ?? '') ?? all);
    },
  );
  return failed ? null : plain;
}

/** `str(x)` of a float as Python writes it: the shortest digits, an exponent below 1e-4 and from 1e16 on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = value.toString();
  return text.includes('.') ? text : `${text}.0`;
}
