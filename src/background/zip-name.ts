import { safeSegment } from '../core/archive/safe-segment.ts';

/** Name of the zip for these folders; harmless on every system, whatever the folders are called. */
export const zipName = (names: readonly string[]): string => {
  const [first = 'checkpoints'] = names;
  const name = names.length > 1 ? `${first} and ${names.length - 1} more` : first;
  // Browsers refuse a name that begins with a dot.
  return safeSegment(`${name}.zip`).replace(/^\.+/, '_');
};
