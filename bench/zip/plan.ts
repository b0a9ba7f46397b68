import type { ContenderName } from './contender.ts';

export interface LineOfPlan {
  readonly name: 'loopback' | '1 Gbit/s' | '100 Mbit/s';
  /** `null`: the server itself, with nothing between. */
  readonly bytesPerSecond: number | null;
}

/** One size over one line. */
export interface Leg {
  readonly line: LineOfPlan;
  readonly megabytes: number;
  /** How often each is run: an odd number. Who is not named is left out. */
  readonly runs: Readonly<Partial<Record<ContenderName, number>>>;
}

const loopback = { name: 'loopback', bytesPerSecond: null } as const;
const gigabit = { name: '1 Gbit/s', bytesPerSecond: 125_000_000 } as const;
const tenth = { name: '100 Mbit/s', bytesPerSecond: 12_500_000 } as const;

const pair = (runs: number): Leg['runs'] => ({ ours: runs, curl: runs });
const shell = (runs: number): Leg['runs'] => ({ ...pair(runs), 'curl + sha256sum + zip': runs });
const libraries = { JSZip: 1, 'client-zip': 1 } as const;
/** It deflates, whatever it packs: minutes for gigabytes. */
const archive = { 'jupyter-archive': 1 } as const;

/** Three minutes in all. */
const quick: readonly Leg[] = [
  { line: loopback, megabytes: 200, runs: { ...shell(1), ...libraries, ...archive } },
  { line: loopback, megabytes: 600, runs: { ...shell(1), ...libraries } },
  { line: gigabit, megabytes: 200, runs: { ...shell(1), ...libraries, ...archive } },
  { line: gigabit, megabytes: 600, runs: pair(1) },
  { line: tenth, megabytes: 200, runs: pair(1) },
];

/** A quarter of an hour. */
const full: readonly Leg[] = [
  { line: loopback, megabytes: 200, runs: { ...shell(3), ...libraries, ...archive } },
  { line: loopback, megabytes: 600, runs: { ...shell(3), ...libraries, ...archive } },
  { line: loopback, megabytes: 2400, runs: { ...shell(3), ...libraries, ...archive } },
  { line: gigabit, megabytes: 200, runs: { ...shell(3), ...libraries, ...archive } },
  { line: gigabit, megabytes: 600, runs: { ...shell(3), ...libraries, ...archive } },
  { line: gigabit, megabytes: 2400, runs: shell(1) },
  { line: tenth, megabytes: 200, runs: { ...pair(1), ...libraries, ...archive } },
  { line: tenth, megabytes: 600, runs: pair(1) },
];

const huge: readonly Leg[] = [
  { line: loopback, megabytes: 8000, runs: { ...shell(1), ...libraries } },
  { line: gigabit, megabytes: 8000, runs: pair(1) },
];

export interface Plan {
  readonly legs: readonly Leg[];
  /** Ascending. */
  readonly sizes: readonly number[];
  /** What is left out because it would take too long, in words. */
  readonly leftOut: readonly string[];
}

export const planOf = (options: { readonly quick: boolean; readonly huge: boolean }): Plan => {
  const legs = [...(options.quick ? quick : full), ...(options.huge ? huge : [])];
  const sizes = [...new Set(legs.map(({ megabytes }) => megabytes))].toSorted((a, b) => a - b);
  const leftOut = [loopback, gigabit, tenth].flatMap((line) =>
    sizes
      .filter((size) => !legs.some((leg) => leg.line === line && leg.megabytes === size))
      .map((size) => `${size} MB at ${line.name}`),
  );
  return { legs, sizes, leftOut };
};
