/**
 * Whether two lines are the same but for their numbers, as those are that a loop prints step by step. A number is a run of
 * digits; what stands around it (a point, a sign, `e-05`) counts as words.
 */
export function sameWords(a: string, b: string): boolean {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const code = a.charCodeAt(i);
    const other = b.charCodeAt(j);
    if (isDigit(code)) {
      if (!isDigit(other)) return false;
      i = endOfDigits(a, i);
      j = endOfDigits(b, j);
    } else if (code === other) {
      i += 1;
      j += 1;
    } else return false;
  }
  return i === a.length && j === b.length;
}

function endOfDigits(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
