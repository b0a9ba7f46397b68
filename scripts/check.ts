import { buildFirefox } from './builds.ts';
import { checks } from './checks.ts';
import { run, runAll } from './program.ts';

/** `npm run check`: everything that takes a minute. All checks run, so one look shows all that is wrong. */
const main = async (): Promise<number> => {
  const built = await runAll([buildFirefox]);
  const failed = built === 0 ? [] : ['build'];
  for (const check of checks) {
    console.log(`\ncheck: ${check.title}`);
    if ((await run(check)) !== 0) failed.push(check.title);
  }
  console.log('\ncheck: unit tests');
  if ((await run({ name: 'vitest', args: ['run'] })) !== 0) failed.push('unit tests');
  console.log(failed.length === 0 ? '\ncheck: all well' : `\ncheck: failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
};

process.exitCode = await main();
