import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../e2e/root.ts';
import { builds } from './builds.ts';
import { checks } from './checks.ts';
import { run, runAll, type Program } from './program.ts';
import { playwrightTally, vitestTally, type Tally } from './tally.ts';

const reports = join(root, 'artifacts/reports');
const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');

const nothing: Tally = { passed: 0, failures: [], skipped: 0 };

/**
 * `npm test`: both builds, the checks, unit and end-to-end tests. Every part runs whatever the others came
 * to. The last line sums up the tests; a build, a check or a part that crashed adds a failure of its name.
 */
const main = async (): Promise<number> => {
  await rm(reports, { recursive: true, force: true });
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await mkdir(reports, { recursive: true });
  const parts = [await build(), await check(), await unit(), await e2e()];
  return summary(parts);
};

const build = async (): Promise<Tally> => {
  heading('build');
  return (await runAll(builds)) === 0 ? nothing : { ...nothing, failures: ['build'] };
};

const check = async (): Promise<Tally> => {
  const failures: string[] = [];
  for (const each of checks) {
    heading(`check: ${each.title}`);
    if ((await run(each)) !== 0) failures.push(`check: ${each.title}`);
  }
  return { ...nothing, failures };
};

const unit = (): Promise<Tally> =>
  part(
    'unit tests',
    {
      name: 'vitest',
      args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    },
    () => vitestTally(unitReport),
  );

const e2e = (): Promise<Tally> =>
  part('end-to-end tests', { name: 'playwright', args: ['test', '--project', 'everyday'] }, () =>
    playwrightTally(e2eReport),
  );

/** A part that says it failed and names no failure, or leaves no report, is itself the failure. */
const part = async (title: string, program: Program, tally: () => Promise<Tally>): Promise<Tally> => {
  heading(title);
  const code = await run(program);
  try {
    const result = await tally();
    if (code === 0 || result.failures.length > 0) return result;
    return { ...result, failures: [`${title} ended with exit code ${code}`] };
  } catch (error) {
    console.error(error);
    return { ...nothing, failures: [`${title} left no report that can be read (exit code ${code})`] };
  }
};

const summary = (parts: readonly Tally[]): number => {
  const passed = parts.reduce((sum, tally) => sum + tally.passed, 0);
  const skipped = parts.reduce((sum, tally) => sum + tally.skipped, 0);
  const failures = parts.flatMap((tally) => tally.failures);
  heading('summary');
  for (const failure of failures) console.log(`failed: ${failure}`);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`tests: ${passed} passed, ${failures.length} failed`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
};

const heading = (title: string): void => {
  console.log(`\n== ${title}`);
};

process.exitCode = await main();
