import { attempt, ask, must, say } from './step.mjs';

/** True where `apt-get install` works as it is: Debian or a descendant, as root. */
export const canAptInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && ask('apt-get', ['--version']) !== undefined;

/**
 * Installs one Debian package. Call only where `canAptInstall()`.
 * @param {string} name
 */
export const aptInstall = async (name) => {
  say(`installing Debian's ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await attempt('apt-get', ['update', '-q'], { env, progress: 'reading the package lists' });
  if (!update.ok) say('the package lists could not be refreshed; trying with the ones that are here');
  await must(`apt-get could not install ${name}.`, 'apt-get', ['install', '-y', '-q', name], {
    env,
    progress: `installing ${name}`,
  });
};
