import type { MemoryView } from '../protocol/memory-view.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import { training, unsavedRun } from './recorded-states.ts';

const GIB = 1024 ** 3;
const colab = {
  level: 'full',
  usedBytes: 11.8 * GIB,
  limitBytes: 12.67 * GIB,
  fullInMs: 8 * 60_000,
} as const;

const nearlyFull = (memory: Partial<MemoryView>, about: Partial<NotebookView> = {}): NotebookView =>
  training({}, { memory: { ...colab, ...memory }, ...about });

/** Runs whose machine is about to end them. */
export const pressureStates: Readonly<Record<string, NotebookView>> = {
  'memory-full': nearlyFull({ fullInMs: null }),
  'memory-full-soon': nearlyFull({}),
  'memory-filling-unsaved': training(unsavedRun, {
    memory: { ...colab, level: 'filling', usedBytes: 9.8 * GIB, fullInMs: 11 * 60_000 },
  }),
  'memory-and-disk-full': nearlyFull(
    { usedBytes: 486 * 1024 ** 2, limitBytes: 512 * 1024 ** 2, fullInMs: null },
    {
      storage: {
        count: 3,
        heldBytes: 457_020_336,
        freeBytes: 12_000_000,
        room: { kind: 'limited', more: 0, fullAt: 500 },
      },
    },
  ),
};
