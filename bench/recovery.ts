/**
 * `npm run bench -- recovery [--quick]`: how long it takes from the click on "Recover" to the first new step of a run whose
 * machine is gone with its disk, against a script that does the bare minimum; and what copying in the background costs the
 * training meanwhile. `--quick`: a checkpoint of 20 MB only.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { reportOf, type BenchRow } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';
import { copyCost, costTable } from './recovery/copy-cost.ts';
import { race, raceTable, ratioOf } from './recovery/race.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const plan = values.quick ? { sizes: [20], pairs: 7 } : { sizes: [20, 600], pairs: 15 };
const TURNS = 3;
const MOST_AGAINST_SCRIPT = 1.1;
const MOST_COST = 1.02;

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);

const rows: BenchRow[] = [];
for (const megabytes of plan.sizes) {
  const result = await race(megabytes, TURNS);
  console.log(`\n${megabytes} MB, Chromium ${result.version}, seconds since the click\n${raceTable(result)}`);
  rows.push({
    what: `${megabytes} MB: from the click to the first new step, against the script`,
    ratio: ratioOf(result),
    target: MOST_AGAINST_SCRIPT,
    bound: 'most',
  });
}

const cost = await copyCost(plan.pairs);
console.log(`\nsteps while it copies, against steps while it does not\n${costTable(cost)}`);
rows.push({
  what: 'a training step while a copy is made, against one without',
  ratio: cost.ratio,
  target: MOST_COST,
  bound: 'most',
});

console.log(`\n${reportOf('recovery', rows)}`);
