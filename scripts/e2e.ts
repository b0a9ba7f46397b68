import { builds } from './builds.ts';
import { runAll } from './program.ts';

/** `npm run e2e -- …`: builds both extensions, then Playwright with the arguments given. */
process.exitCode = await runAll([
  ...builds,
  { name: 'playwright', args: ['test', ...process.argv.slice(2)] },
]);
