import { readIpythonCell } from '../source/ipython-cell.ts';
import { lineEnd } from '../source/logical-lines.ts';

/** How every cell that Holdfast writes begins (after cell magics such as `%%time`). */
export const holdfastPrefix = '# Holdfast';

/** Whether a cell was written by Holdfast: its first line of its own is a Holdfast comment. */
export function isHoldfastCell(source: string): boolean {
  return commentSpan(source) !== null;
}

/** What a cell of ours that belongs to the setup sets: such a cell is run again before a run goes on. */
export const setupVariable = 'holdfast_says';

/** Whether a cell was written by Holdfast and is no setup. */
export function isOwnBesideSetup(source: string): boolean {
  return isHoldfastCell(source) && !source.includes(`\n${setupVariable} = `);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The Holdfast comment line with its line break, or `null`. */
export function commentSpan(source: string): Span | null {
  const at = commentOffset(source);
  if (!new RegExp(`^${holdfastPrefix}(?![\\w])`).test(source.slice(at, at + holdfastPrefix.length + 1)))
    return null;
  return { from: at, to: Math.min(source.length, lineEnd(source, at) + 1) };
}

/** How lines end that Holdfast wrote between the user's. */
export const lineMark = '  # Holdfast';

const ownLine = new RegExp(`^(?:[ \\t]*# Holdfast: .*|.*\\S${lineMark})(?:\\r?\\n|$)`, 'gm');

/**
 * A cell without the lines that Holdfast wrote, but for its first comment: what is resumed once more is written from this,
 * so that nothing is loaded twice. A cell of the user's own stays as it is.
 */
export function withoutOwnLines(source: string): string {
  const span = commentSpan(source);
  if (span === null) return source;
  return source.slice(0, span.to) + source.slice(span.to).replace(ownLine, '');
}

/** Where a comment line belongs in a cell: first, but after its cell magics, which must be first. */
export function commentOffset(source: string): number {
  const { bodyFrom } = readIpythonCell(source);
  return bodyFrom;
}

/** One comment line, without its line break. The text stays on one line and begins with `Holdfast`. */
export function holdfastComment(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+|\p{Surrogate}+/gu, ' ').trim();
  return /^Holdfast(?!\w)/.test(line) ? `# ${line}` : `${holdfastPrefix}: ${line}`;
}
