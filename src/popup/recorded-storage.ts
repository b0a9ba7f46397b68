import type { StorageRoom } from '../core/run/storage-forecast.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import type { StorageView } from '../protocol/storage-view.ts';
import { copy } from './recorded-home.ts';
import { minutesAgo, training } from './recorded-states.ts';

const whileTraining = (more: Partial<StorageView>): NotebookView =>
  training(
    {},
    {
      storage: {
        count: 3,
        heldBytes: 457_020_336,
        freeBytes: 78_200_000_000,
        room: { kind: 'enough' },
        ...more,
      },
      home: {
        jobs: [],
        copies: [copy(400, 0.5184, { keptAt: minutesAgo(2) }), copy(300, 0.5471)],
        others: [],
        space: { usedBytes: 304_680_224, mostBytes: 12_000_000_000 },
      },
    },
  );

const limited = (more: number, fullAt: number | null): StorageRoom => ({ kind: 'limited', more, fullAt });

/** What is taken and free on the machine. */
export const storageStates: Readonly<Record<string, NotebookView>> = {
  'storage-not-told': whileTraining({ freeBytes: null, room: { kind: 'unknown' } }),
  'storage-two-more': whileTraining({ freeBytes: 320_000_000, room: limited(2, 600) }),
};
