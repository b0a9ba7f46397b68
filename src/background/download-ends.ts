import { downloadState, type DownloadEnd } from '../browser/downloads.ts';

/** Waits for the ends of downloads. */
export interface DownloadEnds {
  of(id: number): Promise<DownloadEnd>;
  /** The browser tells that something of a download changed. */
  changed(id: number): void;
}

export const createDownloadEnds = (): DownloadEnds => {
  const waiting = new Map<number, () => void>();
  return {
    async of(id) {
      for (;;) {
        // Listened for before it is looked at: it may end in between.
        const changed = new Promise<void>((resolve) => waiting.set(id, resolve));
        const state = await downloadState(id);
        if (state.kind !== 'running') {
          waiting.delete(id);
          return state;
        }
        await changed;
      }
    },
    changed: (id) => waiting.get(id)?.(),
  };
};
