/** A number under the line. */
export interface LineLabel {
  readonly text: string;
  /** Percent of the line's width. */
  readonly at: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Width of the line in the narrowest popup, in pixels: what does not overlap there overlaps nowhere. */
const NARROWEST = 272;
/** A tabular figure of the label's size in the widest of the usual system fonts. */
const FIGURE_WIDTH = 7.2;
const GAP = 6;

const extent = ({ text, at, anchor }: LineLabel): { readonly from: number; readonly to: number } => {
  const width = text.length * FIGURE_WIDTH;
  const x = (at / 100) * NARROWEST;
  const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { from, to: from + width };
};

const anchorAt = (text: string, at: number): LineLabel['anchor'] => {
  const half = (text.length * FIGURE_WIDTH) / 2;
  const x = (at / 100) * NARROWEST;
  if (x < half) return 'start';
  return x > NARROWEST - half ? 'end' : 'middle';
};

const overlaps = (a: LineLabel, b: LineLabel): boolean => {
  const [first, second] = [extent(a), extent(b)];
  return first.from < second.to + GAP && second.from < first.to + GAP;
};

/** Labels for as many of the steps as fit beside each other; the first in the list are placed first. */
export const placeLabels = (steps: readonly number[], end: number): readonly LineLabel[] => {
  const placed: LineLabel[] = [];
  for (const step of new Set(steps)) {
    const at = Math.min(100, Math.max(0, (step / end) * 100));
    const text = String(Math.round(step));
    const label: LineLabel = { text, at, anchor: anchorAt(text, at) };
    if (!placed.some((other) => overlaps(label, other))) placed.push(label);
  }
  return placed;
};
