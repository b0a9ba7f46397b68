import type { Result } from '../core/result.ts';
import { heldBytes, LITTLE_ROOM, storageForecast } from '../core/run/storage-forecast.ts';
import type { StorageView } from '../protocol/storage-view.ts';
import { liesElsewhere } from '../runtime/machine-told.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { MachineDisk, Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';

/** A disk that is told of is asked for once a minute at most, while a run trains or the popup is open. */
const ASK_INTERVAL_MS = 60_000;
/** A server that does not tell is not asked again for so long. */
const SILENT_INTERVAL_MS = 60 * 60_000;

/** Free bytes on the disk behind a notebook; `null` where the server does not tell. */
export type FreeOf = (notebook: Notebook) => Promise<Result<number | null, { readonly kind: string }>>;

export interface DiskDesk {
  /** Asks what is free, if that is due, and warns once for each run when there is little room. */
  askIfDue(id: string): Promise<void>;
  /** What the checkpoints take and what is free; `null` without a run whose folder is known. */
  view(notebook: Notebook): StorageView | null;
}

/** The disk of the machine behind a notebook: what is free, and how long that lasts. */
export const createDiskDesk = (
  store: NotebookStore,
  freeOf: FreeOf,
  alarms: Pick<AlarmDesk, 'diskFills'>,
  now: () => number,
): DiskDesk => {
  const asking = new Set<string>();

  const ask = async (record: Notebook): Promise<void> => {
    const { id, run, machine } = record;
    if (run === null) return;
    const at = now();
    const told = await freeOf(record);
    store.change(id, (notebook) => ({
      ...notebook,
      disk: {
        machineId: machine?.id ?? null,
        askedAt: at,
        // What is not answered now is not known now: an old figure would be trusted.
        freeBytes: told.ok ? told.value : null,
        isSilent: told.ok && told.value === null,
        heldBytes: heldBytes(run),
        warnedFor: notebook.disk?.warnedFor ?? null,
      },
    }));
  };

  const warn = (id: string): void => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run?.phase.kind !== 'training' || record.disk?.warnedFor === run.id) return;
    const { room } = storageForecast(run, freeNow(record));
    if (room.kind !== 'limited' || room.more > LITTLE_ROOM) return;
    store.change(id, (notebook) =>
      notebook.disk === null ? notebook : { ...notebook, disk: { ...notebook.disk, warnedFor: run.id } },
    );
    alarms.diskFills(id, room);
  };

  return {
    async askIfDue(id) {
      const record = store.get(id);
      if (record === null || !record.present || !isKnownFolder(record)) return;
      if (isDue(record, now()) && !asking.has(id)) {
        asking.add(id);
        await ask(record).finally(() => asking.delete(id));
      }
      warn(id);
    },
    view(notebook) {
      const { run } = notebook;
      if (run === null || !isKnownFolder(notebook)) return null;
      const freeBytes = freeNow(notebook);
      const { count, heldBytes: held, room } = storageForecast(run, freeBytes);
      const trains = run.phase.kind === 'training';
      return { count, heldBytes: held, freeBytes, room: trains ? room : { kind: 'unknown' } };
    },
  };
};

const isDue = ({ disk, machine }: Notebook, at: number): boolean =>
  disk === null ||
  disk.machineId !== (machine?.id ?? null) ||
  at - disk.askedAt >= (disk.isSilent ? SILENT_INTERVAL_MS : ASK_INTERVAL_MS);

const isKnownFolder = ({ run }: Notebook): boolean =>
  run?.folder.kind === 'known' && !liesElsewhere(run.folder.onServer);

/** What was free when it was asked for, less what the run has saved since. */
const freeNow = ({ disk, run, machine }: Notebook): number | null => {
  if (run === null || !isOfMachine(disk, machine) || disk.freeBytes === null) return null;
  return Math.max(0, disk.freeBytes + disk.heldBytes - heldBytes(run));
};

const isOfMachine = (disk: MachineDisk | null, machine: Notebook['machine']): disk is MachineDisk =>
  disk !== null && disk.machineId === (machine?.id ?? null);
