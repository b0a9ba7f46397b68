import { stepOfCheckpointName } from '../checkpoint/checkpoint-name.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { ListedFile } from '../checkpoint/listing.ts';
import { checkpointsIn } from '../checkpoint/layouts/layout-table.ts';
import type { Framework } from '../framework.ts';
import { isMacMetadata } from './entry-name.ts';
import type { ArchiveEntry } from './read-directory.ts';

/** A checkpoint in an archive that can be put back by itself. */
export interface ZipFolder extends Pick<Checkpoint, 'name' | 'form' | 'framework' | 'step' | 'epoch'> {
  /** The path of the folder that its files lie in, in the archive, with a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly files: readonly ArchiveEntry[];
  readonly sizeBytes: number;
}

/**
 * What of an archive people may want back: each `checkpoint-N` wherever it lies, and the rest by its outermost folder. Files that
 * lie in no folder are checkpoints of their own where their names say so; else all of them are one folder of the archive's own
 * name. What macOS adds of its own is left out.
 *
 * @param zipName The archive's file name.
 */
export const foldersInZip = (entries: readonly ArchiveEntry[], zipName: string): readonly ZipFolder[] => {
  const byPrefix = new Map<string, ArchiveEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== 'file' || isMacMetadata(entry.name)) continue;
    const prefix = prefixOf(entry.name);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), entry]);
  }
  return [...byPrefix].flatMap(([prefix, files]): readonly ZipFolder[] => {
    const loose = prefix === '' ? looseCheckpoints(files) : null;
    if (loose !== null) return loose;
    const name = prefix === '' ? zipName.replace(/\.zip$/i, '') : (prefix.split('/').at(-2) ?? prefix);
    const about = { name, form: 'folder', framework: 'transformers', epoch: null } as const;
    return [{ ...about, prefix, files, step: stepOfCheckpointName(name), sizeBytes: sizeOf(files) }];
  });
};

/** As a loop of somebody's own names its files: taken where no other framework knows them all. */
const HINTS = [null, 'pytorch', 'keras'] as const satisfies readonly (Framework | null)[];

/** Files at the top of an archive, each of which belongs to a checkpoint that has no folder; `null`: they don't all. */
const looseCheckpoints = (files: readonly ArchiveEntry[]): readonly ZipFolder[] | null => {
  const listed = files.map(({ name, sizeBytes, modifiedAt }): ListedFile => ({
    name,
    kind: 'file',
    sizeBytes,
    modifiedAt,
  }));
  for (const hint of HINTS) {
    const found = checkpointsIn({ path: '', entries: listed }, hint).map(
      ({ name, form, candidates: [{ step, epoch, rules }], entries }): ZipFolder => {
        const names = new Set(entries.map((entry) => entry.name));
        const own = files.filter((file) => names.has(file.name));
        const about = { name, form, framework: rules.framework, step, epoch };
        return { ...about, prefix: '', files: own, sizeBytes: sizeOf(own) };
      },
    );
    if (found.flatMap((each) => each.files).length === files.length) return found;
  }
  const [only, ...others] = files;
  if (only === undefined || others.length > 0) return null;
  const about = { name: only.name, form: 'file', framework: 'pytorch', step: null, epoch: null } as const;
  return [{ ...about, prefix: '', files, sizeBytes: only.sizeBytes }];
};

const sizeOf = (files: readonly ArchiveEntry[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const prefixOf = (path: string): string => {
  const folders = path.split('/').slice(0, -1);
  const checkpoint = folders.findIndex((name) => stepOfCheckpointName(name) !== null);
  const kept = checkpoint >= 0 ? folders.slice(0, checkpoint + 1) : folders.slice(0, 1);
  return kept.map((name) => `${name}/`).join('');
};
