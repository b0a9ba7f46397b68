const CONSTANTS = ['NaN', 'Infinity', '-Infinity'] as const;

/**
 * Reads JSON as Python's `json` module writes it; `undefined` when the text is not whole.
 *
 * Python writes `NaN`, `Infinity` and `-Infinity` by default (`allow_nan=True`, Python 3.11 `json.dumps`), which
 * `JSON.parse` refuses: one diverged loss in `log_history` would make a whole file look torn. Those three words become
 * `null`, outside strings only; everything else is left to `JSON.parse`.
 */
export function parsePythonJson(text: string): unknown {
  return parseStrictly(text) ?? parseStrictly(withoutConstants(text));
}

function parseStrictly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One pass, each character looked at once, whatever the text holds. */
function withoutConstants(text: string): string {
  const kept: string[] = [];
  let keptUpTo = 0;
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      at = endOfString(text, at);
      continue;
    }
    const constant = CONSTANTS.find((word) => text.startsWith(word, at));
    if (constant === undefined) {
      at += 1;
      continue;
    }
    kept.push(text.slice(keptUpTo, at), 'null');
    at += constant.length;
    keptUpTo = at;
  }
  kept.push(text.slice(keptUpTo));
  return kept.join('');
}

/** Index after the closing quote, or the end of the text. */
function endOfString(text: string, openingQuote: number): number {
  let at = openingQuote + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
