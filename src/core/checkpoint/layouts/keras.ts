import { fileLayout, foundFile, rulesOfFiles } from './file-kinds.ts';
import { NO_NUMBER, type Layout, type Reading } from './layout.ts';

/**
 * The epoch that the user's own template put into the name: `weights.03.keras`, `model-03-0.25.h5`, `epoch_03.keras`. What
 * belongs to a decimal number is a metric.
 */
const epochIn = (name: string): Reading => {
  const withoutMetrics = name.replaceAll(/(?<![\d.])\d+\.\d+/g, '');
  const named = /epoch[-_=.]?(\d{1,6})/i.exec(withoutMetrics)?.[1];
  const bare = /(?:^|[-_.=])(\d{1,6})(?![^-_.])/.exec(withoutMetrics)?.[1];
  const digits = named ?? bare;
  return digits === undefined ? NO_NUMBER : { step: null, epoch: Number(digits) };
};

/**
 * Keras 2 and 3 (files looked at: 3.15). A `.keras` is a zip with the model and its optimizer, an `.h5` may be; `.weights.h5`
 * holds the optimizer, too, when the model was compiled, which its name does not tell.
 */
const kerasFiles = (choosy: boolean): Layout =>
  fileLayout({
    framework: 'keras',
    names: [
      { pattern: /^(.+)\.keras$/, read: (match) => epochIn(match[1] ?? ''), resumes: 'exactly' },
      { pattern: /^(.+)\.weights\.h5$/, read: (match) => epochIn(match[1] ?? ''), resumes: 'unknown' },
      {
        // Data sets are kept in such files, too.
        pattern: choosy
          ? /^(.*(?:model|weights|epoch|ckpt|checkpoint|best|last).*)\.(?:h5|hdf5)$/i
          : /^(.+)\.(?:h5|hdf5)$/,
        read: (match) => epochIn(match[1] ?? ''),
        resumes: 'unknown',
      },
    ],
  });

/** BackupAndRestore (Keras 3): the epoch stands in `training_metadata.json`. Taken away when `fit` ends. */
const BACKUP = ['latest.weights.h5', 'training_metadata.json'] as const;

export const kerasLayout: Layout = {
  frameworks: ['keras'],
  find: (folder, hint) => {
    const entries = folder.entries.filter(({ name }) => BACKUP.some((file) => file === name));
    return entries.length === BACKUP.length
      ? [
          foundFile(
            BACKUP[0],
            entries.toSorted((a, b) => a.name.localeCompare(b.name)),
            NO_NUMBER,
            rulesOfFiles('keras', 'exactly'),
          ),
        ]
      : kerasFiles(hint !== 'keras').find(folder, hint);
  },
};
