import { join } from 'node:path';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { whyNotOpened } from './opened.ts';
import { SAVED } from './our-extension.ts';
import type { Place } from './place.ts';
import { median, settleDisk } from './run-leg.ts';
import { timed } from './shell-contenders.ts';

/** A checkpoint that is kept in the browser comes to the downloads as a zip; against `cp` of the same files. */
export interface KeptResult {
  readonly megabytes: number;
  /** Median seconds. */
  readonly zip: number;
  readonly cp: number;
  /** Whether unzip and Python read the first zip; `null`: there was none. */
  readonly opened: boolean | null;
  readonly failed: string | null;
}

/** Keeps it, then makes zips and copies in turn. */
export const zipKeptCopy = async (
  place: Place,
  checkpoint: CheckpointFolder,
  runs: number,
): Promise<KeptResult> => {
  const { megabytes } = checkpoint;
  try {
    const copyId = await place.ours.keep(checkpoint.name);
    const zips: number[] = [];
    const copies: number[] = [];
    let failed: string | null = null;
    for (let turn = 0; turn < runs; turn += 1) {
      await place.clear();
      await settleDisk(place.into);
      copies.push(await copyByCp(place, checkpoint));
      await settleDisk(place.into);
      zips.push((await place.ours.zipCopy(copyId)).seconds);
      if (turn > 0) continue;
      const zip = join(place.downloads, `${checkpoint.name}.zip`);
      failed = await whyNotOpened(zip, checkpoint.files.length);
    }
    await place.ours.removeCopy(copyId);
    return { megabytes, zip: median(zips), cp: median(copies), opened: failed === null, failed };
  } catch (error) {
    const failed = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { megabytes, zip: Number.NaN, cp: Number.NaN, opened: null, failed };
  }
};

const copyByCp = (place: Place, checkpoint: CheckpointFolder): Promise<number> =>
  timed('cp', ['-r', join(place.rootDir, SAVED, checkpoint.name), '.'], place.into);
