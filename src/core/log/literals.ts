import type { LogFormat } from './log-format.ts';

/** A reader of segments, and the place of its format in the table. */
export interface FoundLiteral extends NonNullable<LogFormat['anywhere']> {
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
    const rare = withoutSigns(anywhere.literal);
    readers.set(rare, [...(readers.get(rare) ?? NONE), { ...anywhere, formatIndex }]);
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
        const [rare] = match;
        for (const reader of readers.get(rare) ?? NONE) {
          const at = match.index + rare.length - reader.literal.length;
          if (segment.startsWith(reader.literal, at) && !found.includes(reader)) found.push(reader);
        }
        // The end of one can be the start of another.
        any.lastIndex = match.index + 1;
      }
      return found;
    },
  };
}

/** Signs that stand in most lines are looked at only where the rarer letters behind them are found. */
const withoutSigns = (literal: string): string => literal.replace(/^[ ,\]]+(?=\S)/, '');

const asPattern = (literal: string): string => literal.replaceAll(/[^\w\s]/g, '\\$&');
