import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, say, SetUpError } from './step.mjs';

/** Node's version is looked at here because every command passes by. */
export const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetUpError(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
};

/** Brings `node_modules` to the state of package-lock.json, unless it is there already. */
export const npmPackages = async () => {
  requireNode();
  if (isCurrent()) return;
  say('installing the npm packages of package-lock.json');
  await must(
    'npm could not install the packages (npm ci).',
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      progress: 'npm ci',
    },
  );
  if (!isCurrent()) {
    throw new SetUpError('npm ci ended well, but node_modules is not what package-lock.json says.');
  }
};

/**
 * npm keeps the tree it installed in node_modules/.package-lock.json. It is compared by content: times say
 * nothing after a clone. Optional packages may be missing, they are for other machines.
 */
const isCurrent = () => {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' ||
      (installed[path] === undefined
        ? optional === true || devOptional === true
        : installed[path].version === version),
  );
};

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined} */
const packagesOf = (/** @type {string} */ path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
};
