/** One claim: what was measured against what, as a ratio. */
export interface BenchRow {
  readonly what: string;
  readonly ratio: number;
  readonly target: number;
  /** Whether the target is the least that will do, or the most. By default the least. */
  readonly bound?: 'least' | 'most';
}

/**
 * The claims as a table and, as the last line, all of it as JSON. A target that was missed is said to be missed, and then the
 * whole is.
 */
export function reportOf(bench: string, rows: readonly BenchRow[]): string {
  const judged = rows.map(({ what, ratio, target, bound = 'least' }) => ({
    what,
    ratio: Number(ratio.toPrecision(3)),
    target,
    met: bound === 'least' ? ratio >= target : ratio <= target,
  }));
  const width = Math.max(...judged.map(({ what }) => what.length));
  const lines = judged.map(({ what, ratio, target, met }) => {
    const numbers = `${String(ratio).padStart(6)}  ${String(target).padStart(6)}`;
    return `${what.padEnd(width)}  ${numbers}  ${met ? 'met' : 'MISSED'}`;
  });
  const all = { bench, met: judged.every(({ met }) => met), rows: judged };
  return [`${'claim'.padEnd(width)}   ratio  target`, ...lines, '', JSON.stringify(all)].join('\n');
}
