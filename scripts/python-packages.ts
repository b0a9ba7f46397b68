import { spawnSync } from 'node:child_process';

/** Whether all of these packages are installed for a Python. */
export const hasPackages = (python: string, packages: readonly string[]): boolean =>
  spawnSync(python, [
    '-c',
    `import importlib.util, sys\nsys.exit(not all(map(importlib.util.find_spec, ${JSON.stringify(packages)})))`,
  ]).status === 0;
