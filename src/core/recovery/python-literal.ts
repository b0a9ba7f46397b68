const named: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

// Besides quotes and backslashes: control characters, line and paragraph separators, characters that reorder or hide
// text (a path could otherwise read differently from what it is), a byte order mark, and lone surrogates.
const escaped =
  /[\\"\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|\p{Surrogate}/gu;

/**
 * A Python string literal in double quotes that evaluates to exactly this text, whatever it holds. It is one line of
 * readable text: letters of any script and emoji stay as they are. A lone surrogate becomes `\uXXXX`, which is how
 * Python itself carries undecodable file names (PEP 383).
 */
export function pythonLiteral(text: string): string {
  const body = text.replace(escaped, (char) => {
    const known = named.get(char);
    if (known !== undefined) return known;
    const code = char.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${body}"`;
}
