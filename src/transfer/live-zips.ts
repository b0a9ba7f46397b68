import type { ZipDoor } from '../protocol/zip-door.ts';
import type { CopyTask } from '../protocol/transfer-message.ts';
import { sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import { createLiveZip, type LiveCopy, type LiveZip } from './live-zip.ts';
import { openFeed } from './zip-feed.ts';
import { IN_MEMORY_BYTES } from './zip-in-memory.ts';

/** The archives of this worker that are on their way, by the job they are for. */
export interface LiveZips {
  /** The place of a copy in its job's archive; `null` where none is on its way. */
  readonly join: (task: CopyTask, record: CopyRecord) => LiveCopy | null;
  /** Ends the archive of a job: its size, when it is whole and holds these copies. */
  readonly finish: (id: string, copyIds: readonly string[]) => Promise<number | null>;
  readonly stop: (id: string) => void;
}

/** @param open Makes the download begin that takes what is written. */
export const createLiveZips = (vault: Vault, open: (door: ZipDoor) => void): LiveZips => {
  const zips = new Map<string, LiveZip>();
  const begin = ({ id, fileName, copies }: NonNullable<CopyTask['live']>): LiveZip => {
    const { port1, port2 } = new MessageChannel();
    const zip = createLiveZip(copies, openFeed(port1), vault);
    zips.set(id, zip);
    open({ kind: 'zip-door', id, fileName, port: port2 });
    return zip;
  };
  return {
    join({ live }, record) {
      if (live === null) return null;
      // What the library makes in memory takes no time anyway.
      const isFirst = live.place === 0 && sizeOf(record) > IN_MEMORY_BYTES;
      const zip = zips.get(live.id) ?? (isFirst ? begin(live) : null);
      return zip?.copy(record) ?? null;
    },
    async finish(id, copyIds) {
      const size = (await zips.get(id)?.finish(copyIds)) ?? null;
      zips.delete(id);
      return size;
    },
    stop(id) {
      zips.get(id)?.stop();
      zips.delete(id);
    },
  };
};
