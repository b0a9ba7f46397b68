/**
 * Starts of the sentences and clauses of a message: behind signs and emoji at its start, behind `.`, `!`, `:`, `,`, `|`,
 * a dash, an arrow or `and`, and behind a number that is followed by a word (`Validation loss: 1.57 Saving checkpoint!`).
 * Quotes start nothing: what stands in them is somebody's code.
 */
export function sentencesOf(message: string): readonly string[] {
  const text = message.length > LONGEST ? message.slice(0, LONGEST) : message;
  const first = decorationEnd(text);
  const starts = [first];
  BOUNDARY.lastIndex = first;
  while (starts.length < MOST && BOUNDARY.test(text)) {
    if (BOUNDARY.lastIndex > first) starts.push(BOUNDARY.lastIndex);
  }
  return starts.map((start) => text.slice(start));
}

/** The message without the signs, emoji and rulers people put before it (`=> `, `✅ `, `* `, `====> `, `[*] `). */
export function withoutDecoration(message: string): string {
  const end = decorationEnd(message);
  return end === 0 ? message : message.slice(end);
}

/** Longer lines are dumps of data. */
const LONGEST = 2048;
const MOST = 12;
const BOUNDARY =
  /(?:[.!?:;,|)\]}…—–→]|--|[-=]>| -| and|\d%?) {1,4}(?:[-=]> |[^\p{L}\p{N}\s"'`([{</\\.~#$%_-]{1,4} )?(?=[\p{L}])/gu;
const DECORATION =
  /^(?:\s{0,32}(?:[^\p{L}\p{N}\s"'`([{</\\.~#$%_]{1,64}(?=\s|\p{L}|$)|\[[*+!>x-]\])\s{0,8}){0,4}\s{0,32}/u;

/** A letter or a digit of ASCII, which decorates nothing. */
const isPlain = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

function decorationEnd(text: string): number {
  if (isPlain(text.charCodeAt(0))) return 0;
  return DECORATION.exec(text)?.[0].length ?? 0;
}
