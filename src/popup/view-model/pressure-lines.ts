import type { MemoryView } from '../../protocol/memory-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { StorageView } from '../../protocol/storage-view.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { spokenShare, spokenTime } from './quantities.ts';
import { hasLittleRoom } from './storage-line.ts';

/** What may end the run: how things stand, and what that means. */
export interface PressureLine {
  readonly text: string;
  readonly why: string;
}

/** Further ahead than this a pace is no forecast. */
const FORESEEN_MS = 60 * 60_000;

/** While a run trains: what is about to end it, the memory first, which kills without a word. */
export const pressureLines = (
  t: Translate,
  { memory, storage }: Pick<NotebookView, 'memory' | 'storage'>,
): readonly PressureLine[] => [memoryLine(t, memory), diskLine(t, storage)].filter((line) => line !== null);

const memoryLine = (t: Translate, memory: MemoryView | null): PressureLine | null => {
  if (memory === null) return null;
  const { level, usedBytes, limitBytes, fullInMs } = memory;
  const amount = [spokenShare(t, usedBytes, limitBytes)];
  const soon =
    fullInMs === null || fullInMs > FORESEEN_MS
      ? []
      : [t('pressure_memory_soon', [spokenTime(t, Math.max(60, fullInMs / 1000))])];
  return {
    text: t(level === 'full' ? 'pressure_memory_full' : 'pressure_memory_filling', amount),
    why: [...soon, t('pressure_memory_death')].join(' '),
  };
};

/** That few more saves fit on the machine's disk, or none. */
const diskLine = (t: Translate, storage: StorageView | null): PressureLine | null => {
  if (storage?.room.kind !== 'limited' || !hasLittleRoom(storage)) return null;
  const { more, fullAt } = storage.room;
  return {
    text: more === 0 ? t('pressure_disk_none') : plural(t, 'pressure_disk', more),
    why: fullAt === null ? t('pressure_disk_end') : t('pressure_disk_step', [String(fullAt)]),
  };
};
