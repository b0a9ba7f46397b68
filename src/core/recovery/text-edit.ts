/** A replacement of the characters from `from` up to `to`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Applies edits that do not overlap; offsets are those of the text before any edit. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((one, other) => other.from - one.from || other.to - one.to);
  return ordered.reduce(
    (edited, { from, to, text }) => edited.slice(0, from) + text + edited.slice(to),
    text,
  );
}
