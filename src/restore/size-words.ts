import type { ZipFolder } from '../core/archive/folders-in-zip.ts';
import type { Translate } from '../popup/translate.ts';

const MB = 1_000_000;

/** How much a folder of the zip is: files, and MB with one decimal below ten. */
export const sizeWords = (t: Translate, { files, sizeBytes }: ZipFolder): string => {
  const megabytes = sizeBytes / MB;
  const size = megabytes < 10 ? megabytes.toFixed(1) : String(Math.round(megabytes));
  return t(files.length === 1 ? 'restore_size_one' : 'restore_size_other', [String(files.length), size]);
};
