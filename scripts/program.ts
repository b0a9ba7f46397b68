import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../e2e/root.ts';

/** A program of an npm package, by its name in node_modules/.bin. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
}

/** Runs a program with this process's own output and answers its exit code; 1 when a signal ended it. */
export const run = ({ name, args }: Program): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

/** Runs one after the other until one fails; answers its exit code, or 0. */
export const runAll = async (programs: readonly Program[]): Promise<number> => {
  for (const program of programs) {
    const code = await run(program);
    if (code !== 0) return code;
  }
  return 0;
};
