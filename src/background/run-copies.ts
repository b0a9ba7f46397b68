import { reachOf } from '../core/checkpoint/epochs.ts';
import { bestCheckpoints } from '../core/recovery/best-checkpoints.ts';
import {
  copiesToKeep,
  type CheckpointThere,
  type CopiesPlan,
  type KeptCopy,
} from '../core/recovery/copies-to-keep.ts';
import type { Run } from '../core/run/run.ts';
import { unitOf } from '../core/run/unit.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import type { KnownCopy } from './copies.ts';
import { wasTried, type Keeping } from './keeping.ts';
import type { Notebook } from './notebook.ts';

/** What is to be copied of a notebook's run by itself, and which copies go; the checkpoints that were tried are left out. */
export const planCopies = (
  notebook: Pick<Notebook, 'id' | 'lookMemory'>,
  run: Run,
  keeping: Keeping,
  copies: readonly KnownCopy[],
): CopiesPlan => {
  const there = wholeCheckpoints(run);
  const since = keeping.line?.since ?? run.startedAt;
  const kept = copies.flatMap(({ notebookId, record }): KeptCopy[] =>
    record !== null && notebookId === notebook.id && isOfRun(record, run, keeping, since)
      ? [keptCopy(record, run, listingOf(notebook, record.name))]
      : [],
  );
  const plan = copiesToKeep(there, kept, bestCheckpoints(run.checkpoints.filter(isOfThisRun)));
  const untried = there.filter((checkpoint) => !wasTried(keeping, checkpoint)).map(({ name }) => name);
  return { ...plan, copy: plan.copy.filter((name) => untried.includes(name)) };
};

const isOfThisRun = ({ origin }: Run['checkpoints'][number]): boolean => origin === 'this-run';

/** Those of this run that are proven whole and lie there now. */
export const wholeCheckpoints = ({
  checkpoints,
}: Run): readonly (CheckpointThere & { sizeBytes: number | null })[] =>
  checkpoints
    .filter((each) => isOfThisRun(each) && !each.gone && each.integrity.kind === 'complete')
    .map(({ name, step, epoch, modifiedAt, sizeBytes }) => ({ name, step, epoch, modifiedAt, sizeBytes }));

const isOfRun = (record: CopyRecord, { folder }: Run, { extent }: Keeping, since: number): boolean =>
  folder.kind === 'known' &&
  record.state === 'whole' &&
  record.begunAt >= since &&
  (record.extent === 'everything' || record.extent === extent) &&
  record.from.folder === (folder.onServer === '' ? record.name : `${folder.onServer}/${record.name}`);

const listingOf = ({ lookMemory }: Pick<Notebook, 'lookMemory'>, name: string): FolderListing | null =>
  lookMemory?.checkpoints.find(({ checkpoint }) => checkpoint.name === name)?.listing ?? null;

const keptCopy = (record: CopyRecord, run: Run, listing: FolderListing | null): KeptCopy => {
  const times = record.files.map(({ modifiedAt }) => modifiedAt ?? 0);
  // What the run began from was put back from here, with other times: it is what it was.
  const wasBefore = isFromBefore(record, run);
  return {
    id: record.id,
    name: record.name,
    step: record.step,
    epoch: record.epoch,
    modifiedAt: times.length === 0 ? null : Math.max(...times),
    by: record.purpose === 'automatic' ? 'itself' : 'user',
    outdated: !wasBefore && listing !== null && !isCopyOf(record, listing),
  };
};

/** A copy of the checkpoint that this run began from, or of one before it. */
const isFromBefore = (record: CopyRecord, run: Run): boolean => {
  const reach = reachOf(record, unitOf(run));
  if (run.resumedFromName === record.name) return reach !== null || !isWrittenAnew(record.name, run);
  return run.resumedFrom !== null && reach !== null && reach <= run.resumedFrom;
};

/** A name without a number can be given again and again: `last.pt`. */
const isWrittenAnew = (name: string, { checkpoints }: Run): boolean =>
  checkpoints.some((each) => each.name === name && isOfThisRun(each) && !each.gone);

/** Whether the files of a copy lie in the folder still, with the sizes and times they had. Those in folders below are not listed. */
const isCopyOf = ({ files }: CopyRecord, { entries }: FolderListing): boolean => {
  const listed = new Map(entries.map((entry) => [entry.name, entry]));
  return files.every(({ path, sizeBytes, listedBytes, modifiedAt }) => {
    const entry = listed.get(path);
    if (entry === undefined) return path.includes('/');
    return entry.sizeBytes === (listedBytes ?? sizeBytes) && entry.modifiedAt === modifiedAt;
  });
};
