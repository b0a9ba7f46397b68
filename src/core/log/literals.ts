import type { LogFormat } from './log-format.ts';

/** A reader of segments, and the place of its format in the table. */
export interface FoundLiteral extends Pick<NonNullable<LogFormat['anywhere']>, 'read'> {
  readonly formatIndex: number;
}

/** What formats look for in the midst of a segment. */
export interface Literals {
  /** Formats whose literal stands in the segment, in the order of their literals there. */
  find(segment: string): readonly FoundLiteral[];
}

const NONE: readonly FoundLiteral[] = [];

/** One search for all the literals, as nearly every segment holds none. */
export function createLiterals(formats: readonly LogFormat[]): Literals {
  const readers = new Map<string, readonly FoundLiteral[]>();
  formats.forEach(({ anywhere }, formatIndex) => {
    if (anywhere === undefined) return;
    const { literal, read } = anywhere;
    readers.set(literal, [...(readers.get(literal) ?? NONE), { read, formatIndex }]);
  });
  if (readers.size === 0) return { find: () => NONE };
  const any = new RegExp([...readers.keys()].map(asPattern).join('|'), 'g');

  return {
    find(segment) {
      any.lastIndex = 0;
      let match = any.exec(segment);
      if (match === null) return NONE;
      const found: FoundLiteral[] = [];
      for (; match !== null; match = any.exec(segment)) {
        for (const reader of readers.get(match[0]) ?? NONE) if (!found.includes(reader)) found.push(reader);
        // The end of one can be the start of another.
        any.lastIndex = match.index + 1;
      }
      return found;
    },
  };
}

const asPattern = (literal: string): string => literal.replaceAll(/[^\w\s]/g, '\\$&');
