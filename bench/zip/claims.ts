import type { BenchRow } from '../../scripts/bench/report.ts';
import type { KeptResult } from './kept-copy.ts';
import type { Leg } from './plan.ts';
import { secondsOf, type Result } from './run-leg.ts';

/** How much the browser may grow, whatever the size. */
const MOST_GROWN_BYTES = 150_000_000;

/** What is promised, against what was measured. */
export const claimsOf = (
  legs: readonly Leg[],
  results: readonly Result[],
  kept: readonly KeptResult[],
): readonly BenchRow[] => [
  ...legs.map((leg): BenchRow => {
    const on = results.filter((result) => result.leg === leg);
    const seconds = (name: Result['name']) => secondsOf(on.find((result) => result.name === name));
    const against = leg.line.bytesPerSecond === null ? 'curl + sha256sum + zip' : 'curl';
    return {
      what: `${leg.megabytes} MB, ${leg.line.name}: ours against ${against}`,
      ratio: seconds('ours') / seconds(against),
      target: leg.line.bytesPerSecond === null ? 1 : 1.1,
      bound: 'most',
    };
  }),
  ...kept.map(({ megabytes, zip, cp }): BenchRow => ({
    what: `${megabytes} MB kept in the browser: the zip against cp`,
    ratio: zip / cp,
    target: 1,
    bound: 'most',
  })),
  ...[...new Set(legs.map(({ megabytes }) => megabytes))].map((megabytes): BenchRow => ({
    what: `${megabytes} MB: memory ours takes, against 150 MB`,
    ratio: mostGrown(results.filter(({ leg }) => leg.megabytes === megabytes)) / MOST_GROWN_BYTES,
    target: 1,
    bound: 'most',
  })),
  { what: 'archives of ours that unzip and Python opened', ratio: openedShare(results, kept), target: 1 },
];

/** `NaN` when nothing arrived. */
const mostGrown = (results: readonly Result[]): number => {
  const grown = results.flatMap(({ arrivals }) => arrivals.flatMap(({ grownBytes }) => grownBytes ?? []));
  return grown.length === 0 ? Number.NaN : Math.max(...grown);
};

const openedShare = (results: readonly Result[], kept: readonly KeptResult[]): number => {
  const opened = [...results.filter(({ name }) => name === 'ours'), ...kept].map(
    (result) => result.opened === true,
  );
  return opened.filter(Boolean).length / opened.length;
};
