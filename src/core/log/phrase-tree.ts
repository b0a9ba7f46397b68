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
  readonly next: Map<number, Node>;
  /** Phrases that end here or before, on the way from the root. */
  readonly found: FoundPhrase[];
}

const NONE: readonly FoundPhrase[] = [];

/** Most messages leave the tree at their first or second character, whatever the number of phrases. */
export function createPhraseTree(formats: readonly LogFormat[]): PhraseTree {
  const root: Node = { next: new Map(), found: [] };
  const phrases = formats.flatMap((format, formatIndex) =>
    (format.phrases ?? []).map((phrase) => ({ phrase, formatIndex })),
  );
  phrases.forEach((found) => nodeFor(root, found.phrase.start).found.push(found));
  const order = new Map(phrases.map((found, index) => [found, index]));
  inherit(root, NONE, order);

  return {
    find(message) {
      let node = root;
      for (let at = 0; at < message.length; at += 1) {
        const next = node.next.get(message.charCodeAt(at));
        if (next === undefined) break;
        node = next;
      }
      return node.found;
    },
  };
}

function nodeFor(root: Node, start: string): Node {
  let node = root;
  for (let at = 0; at < start.length; at += 1) {
    const code = start.charCodeAt(at);
    const next = node.next.get(code) ?? { next: new Map(), found: [] };
    node.next.set(code, next);
    node = next;
  }
  return node;
}

function inherit(node: Node, above: readonly FoundPhrase[], order: ReadonlyMap<FoundPhrase, number>): void {
  const here = [...above, ...node.found].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  node.found.splice(0, node.found.length, ...here);
  for (const next of node.next.values()) inherit(next, here, order);
}
