import type { Keyword } from './notebook-models.ts';

/**
 * A call as a statement, one argument a line where there are several. Values stay as written: inside the parentheses
 * they may span lines, which are not indented again, because they may hold a text in triple quotes.
 */
export function callLines(
  target: string,
  callee: string,
  first: string,
  keywords: readonly Keyword[],
): readonly string[] {
  if (keywords.length === 0) return [`${target} = ${callee}(${first})`];
  return [
    `${target} = ${callee}(`,
    `    ${first},`,
    ...keywords.map(({ name, code }) => `    ${name}=${code},`),
    ')',
  ];
}

export const indented = (lines: readonly string[], levels = 1): readonly string[] =>
  lines.map((line) => (line === '' ? '' : '    '.repeat(levels) + line));
