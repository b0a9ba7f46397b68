import { aptInstall, canAptInstall } from './apt.mjs';
import { ask, SetUpError } from './step.mjs';

/** A reader of zips that is nobody's here: libarchive's `bsdtar`, which macOS has as it is. */
export const archiveReaders = async () => {
  if (ask('bsdtar', ['--version']) !== undefined) return;
  if (canAptInstall()) await aptInstall('libarchive-tools');
  if (ask('bsdtar', ['--version']) === undefined)
    throw new SetUpError('bsdtar was not found; install libarchive (Debian: libarchive-tools).');
};
