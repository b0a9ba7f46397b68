/**
 * `node scripts/run.mjs NAME …`: brings what a command needs, then runs it with the remaining arguments.
 * All talk of the set-up goes to stderr; stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { root, say, SetUpError } from './set-up/step.mjs';
import { everything, steps } from './set-up.mjs';

const { packages, python, colab, pastColab, jupyterArchive, chromium } = steps;

/** @type {Record<string, Step[]>} */
const benchNeeds = {
  curves: [chromium],
  'first-paint': [chromium],
  page: [python, chromium],
  recovery: [python, chromium],
  'save-now': [python],
  'small-zip': [chromium],
  zip: [python, jupyterArchive, chromium],
};

/**
 * `also`: steps that only some arguments call for.
 * @type {Record<string, { needs: Step[], also?: (args: string[]) => Step[], program?: string[] }>}
 * @typedef {() => Promise<void>} Step
 */
const commands = {
  'set-up': { needs: everything },
  bench: {
    needs: [packages],
    also: (args) => benchNeeds[args[0] ?? ''] ?? [],
    program: ['scripts/bench.ts'],
  },
  accuracy: { needs: [packages], program: ['scripts/accuracy.ts'] },
  resumes: { needs: [packages, python], program: ['scripts/resumes.ts'] },
  uses: { needs: [packages, python], program: ['scripts/uses.ts'] },
  check: { needs: [packages], program: ['scripts/check.ts'] },
  'colab-stand-in': {
    needs: [packages, python, colab, chromium],
    also: (args) => (args.some((arg) => arg.endsWith('2.14.0')) ? [pastColab] : []),
    program: ['scripts/colab-stand-in.ts'],
  },
  demo: {
    needs: [packages, python, chromium],
    also: (args) => (args.includes('colab') ? [colab] : []),
    program: ['scripts/demo.ts'],
  },
  e2e: { needs: everything, program: ['scripts/e2e.ts'] },
  package: { needs: [packages], program: ['scripts/package.ts'] },
  plan: { needs: [packages], program: ['scripts/plan.ts'] },
  scan: { needs: [packages], program: ['scripts/scan.ts'] },
  test: { needs: everything, program: ['scripts/test.ts'] },
};

const main = async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (command === undefined) {
    throw new SetUpError(`there is no command "${name}"; there are ${Object.keys(commands).join(', ')}.`);
  }
  for (const step of [...command.needs, ...(command.also?.(args) ?? [])]) await step();
  if (command.program === undefined) return 0;
  return run([...command.program, ...args]);
};

/** tsx runs TypeScript as it is; loaded by `--import`, it leaves one process between here and the command. */
const run = (/** @type {string[]} */ args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, stdio: 'inherit' });
    const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', passOn);
    process.on('SIGTERM', passOn);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
