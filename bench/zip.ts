/**
 * `npm run bench -- zip [--quick] [--huge]`: how long it takes until a checkpoint folder of a real Jupyter server lies among
 * the downloads as a zip that is proven, against the other ways there are. Everyone brings the same files from the same
 * server, over the same line; the median of an odd number of runs counts. `--quick` runs everyone once.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { reportOf } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';
import { claimsOf } from './zip/claims.ts';
import { openPlace } from './zip/place.ts';
import { planOf } from './zip/plan.ts';
import { legTable } from './zip/results-table.ts';
import { runLeg, type Result } from './zip/run-leg.ts';
import { zipKeptCopy, type KeptResult } from './zip/kept-copy.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, huge: { type: 'boolean', default: false } },
});
const plan = planOf(values);

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
await using place = await openPlace(plan.sizes);

const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${memory}; ${place.versions}`,
);
for (const what of plan.leftOut) console.log(`left out, it would take too long: ${what}`);

const results: Result[] = [];
for (const leg of plan.legs) {
  const course = place.courseOf(leg);
  const { contenders, clear } = place;
  const arrived = await runLeg(leg, contenders, course, clear);
  results.push(...arrived);
  console.log(`\n${leg.megabytes} MB, ${leg.line.name}\n${legTable(arrived)}`);
}

const kept: KeptResult[] = [];
for (const checkpoint of place.checkpoints) {
  const result = await zipKeptCopy(place, checkpoint, values.quick ? 1 : 3);
  kept.push(result);
  await place.clear();
  const { zip, cp, failed } = result;
  const outcome = failed ?? `${(zip / cp).toFixed(2)} × cp (${zip.toFixed(1)} s, cp ${cp.toFixed(1)} s)`;
  console.log(`\n${checkpoint.megabytes} MB kept in the browser, the zip: ${outcome}`);
}

console.log(`\n${reportOf('zip', claimsOf(plan.legs, results, kept))}`);
