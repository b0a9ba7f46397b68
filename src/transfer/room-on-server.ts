import { ok } from '../core/result.ts';
import { diskSpace } from '../runtime/disk-space.ts';
import { liesElsewhere } from '../runtime/machine-told.ts';
import type { Tree } from '../runtime/list-tree.ts';
import type { Line } from './line.ts';

/** Left free for what runs on the machine: a training that finds its disk full is lost. */
const SPARE_BYTES = 256 * 1024 * 1024;

/**
 * How many bytes are missing on the server's disk for a folder: 0 where they fit, or nobody knows. Only Colab tells.
 *
 * @param begun What an earlier try has put there.
 */
export const missingOnServer = async (
  line: Line,
  folder: string,
  sizeBytes: number,
  begun: Tree,
): Promise<number> => {
  if (liesElsewhere(folder)) return 0;
  const space = await line.ask(async ({ address, access }) => {
    const told = await diskSpace(address, access);
    // Not to know is no reason to wait, or to leave it.
    return told.ok ? told : ok(null);
  });
  if (!space.ok || space.value === null) return 0;
  const there = begun.files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0);
  return Math.max(0, Math.max(0, sizeBytes - there) + SPARE_BYTES - space.value.freeBytes);
};
