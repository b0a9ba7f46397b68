import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout. Every step works in it, wherever the command was started. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A step that cannot be done: one sentence for the reader, no stack. */
export class SetUpError extends Error {}

/**
 * One line about what is being done. On stderr, because some commands (`npm run -s scan`) promise a stdout
 * that holds nothing but their answer.
 * @param {string} line
 */
export const say = (line) => {
  process.stderr.write(`set-up: ${line}\n`);
};

/**
 * Runs a program to its end and answers what it wrote; while it works, says once in 15 s that it still does.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, progress?: string }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} `output`: stdout and stderr as they came
 */
export const attempt = (program, args, { env, progress } = {}) =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    let output = '';
    const child = spawn(program, args, {
      cwd: root,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: needsShell(program),
    });
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-200_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ticker = setInterval(() => {
      if (progress !== undefined) say(`${progress}: ${Math.round((Date.now() - startedAt) / 1000)} s so far`);
    }, 15_000);
    const end = (/** @type {boolean} */ ok) => {
      clearInterval(ticker);
      resolve({ ok, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });

/**
 * Like `attempt`, for a program whose failure ends the set-up.
 * @param {string} failure the sentence to fail with; an excerpt of what the program wrote is added
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, progress?: string }} [options]
 */
export const must = async (failure, program, args, options) => {
  const { ok, output } = await attempt(program, args, options);
  if (!ok) throw new SetUpError(`${failure}\n${excerpt(output)}`);
  return output;
};

/**
 * What a program answers to a quick question, or undefined when it is missing, fails or takes over 20 s.
 * @param {string} program
 * @param {string[]} args
 */
export const ask = (program, args) => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, cwd: root });
  return status === 0 ? stdout.trim() : undefined;
};

/** `npm` and `npx` are batch files on Windows, and Node starts those by a shell only. */
const needsShell = (/** @type {string} */ program) =>
  process.platform === 'win32' && /^np[mx]$/.test(program);

/** npm says first what is wrong and then how it is used; pip says it last. */
const excerpt = (/** @type {string} */ text) => {
  const lines = text.trim().split('\n');
  const shown = lines.length <= 16 ? lines : [...lines.slice(0, 8), '…', ...lines.slice(-8)];
  return shown.map((line) => `  ${line}`).join('\n');
};
