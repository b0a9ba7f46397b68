import type { LogFormat, Phrase } from './log-format.ts';

/** A phrase and the place of its format in the table. */
export interface FoundPhrase {
  readonly phrase: Phrase;
  readonly formatIndex: number;
}

/** All phrases of all formats by their characters. */
export interface PhraseTree {
  /** Phrases the message starts with, in the order of the table. */
  find(message: string): readonly FoundPhrase[];
}

interface Node {
  /** The only character that leads on from here, which is so in most nodes; -1 where there are several or none. */
  code: number;
  only: Node | null;
  /** By the code of the character, where several lead on: quicker than a map. */
  ascii: readonly (Node | null)[];
  readonly next: Map<number, Node>;
  /** Phrases that end here or before, on the way from the root. */
  readonly found: FoundPhrase[];
}

const NONE: readonly FoundPhrase[] = [];
const NO_NODES: readonly null[] = [];
const ASCII = 128;
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

/** Most messages leave the tree at their first or second character, whatever the number of phrases. */
export function createPhraseTree(formats: readonly LogFormat[]): PhraseTree {
  const phrases = formats.flatMap((format, formatIndex) =>
    (format.phrases ?? []).map((phrase) => ({ phrase, formatIndex })),
  );
  const plain = createRoot(phrases.filter(({ phrase }) => phrase.isAfterNumber !== true));
  const afterNumber = createRoot(phrases.filter(({ phrase }) => phrase.isAfterNumber === true));

  return {
    find(message) {
      const numberEnd = endOfNumber(message);
      return numberEnd === 0 ? walk(plain, message, 0) : walk(afterNumber, message, numberEnd);
    },
  };
}

function endOfNumber(message: string): number {
  let at = 0;
  for (let code = message.charCodeAt(0); code >= 0x30 && code <= 0x39; code = message.charCodeAt(at)) at += 1;
  return at;
}

function walk(root: Node, message: string, from: number): readonly FoundPhrase[] {
  let node = root;
  for (let at = from; at < message.length; at += 1) {
    const code = message.charCodeAt(at);
    const next = nextOf(node, code);
    if (next === null) break;
    node = next;
  }
  return node.found;
}

function nextOf(node: Node, code: number): Node | null {
  if (node.only !== null) return node.code === code ? node.only : null;
  return (code < ASCII ? node.ascii[code] : node.next.get(code)) ?? null;
}

function createRoot(phrases: readonly FoundPhrase[]): Node {
  const root = createNode();
  for (const found of phrases) {
    const { start, isBeforeNumber } = found.phrase;
    const starts = isBeforeNumber === true ? DIGITS.map((digit) => start + digit) : [start];
    for (const each of starts) nodeFor(root, each).found.push(found);
  }
  const order = new Map(phrases.map((found, index) => [found, index]));
  inherit(root, NONE, order);
  return root;
}

const createNode = (): Node => ({ code: -1, only: null, ascii: NO_NODES, next: new Map(), found: [] });

function nodeFor(root: Node, start: string): Node {
  let node = root;
  for (let at = 0; at < start.length; at += 1) {
    const code = start.charCodeAt(at);
    const next = node.next.get(code) ?? createNode();
    node.next.set(code, next);
    node = next;
  }
  return node;
}

/** Gives each node what its ancestors know, in the order of the table. */
function inherit(node: Node, above: readonly FoundPhrase[], order: ReadonlyMap<FoundPhrase, number>): void {
  const here = [...above, ...node.found].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  node.found.splice(0, node.found.length, ...here);
  const [[code, only] = [-1, null], ...others] = node.next;
  if (others.length === 0) Object.assign(node, { code, only });
  else node.ascii = Array.from({ length: ASCII }, (_, ascii) => node.next.get(ascii) ?? null);
  for (const next of node.next.values()) inherit(next, here, order);
}
