import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/root.ts';
import { run } from './program.ts';

const folder = join(root, 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** `npm run bench -- NAME [--quick]`: runs `bench/NAME.ts`, one file for each claim. */
const main = async (): Promise<number> => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!names.includes(name)) {
    console.error(`npm run bench -- NAME [--quick], where NAME is one of: ${names.join(', ')}`);
    return 2;
  }
  return run({ name: 'tsx', args: [join(folder, `${name}.ts`), ...args] });
};

process.exitCode = await main();
