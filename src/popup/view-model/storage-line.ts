import { LITTLE_ROOM } from '../../core/run/storage-forecast.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { StorageView } from '../../protocol/storage-view.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { spokenSize } from './quantities.ts';

export interface StorageLine {
  readonly text: string;
  /** What stands out after it; `null`: there is no trouble. */
  readonly trouble: string | null;
}

/** Whether few more checkpoints of the run fit on the machine's disk. */
export const hasLittleRoom = (storage: StorageView | null): boolean =>
  storage?.room.kind === 'limited' && storage.room.more <= LITTLE_ROOM;

/**
 * What the checkpoints take on the machine and what is free there; `null` where none lies there. While a run trains, little room
 * is told above, with what it means.
 */
export const storageLine = (
  t: Translate,
  { storage, state }: Pick<NotebookView, 'storage' | 'state'>,
): StorageLine | null => {
  if (storage === null || storage.count === 0) return null;
  const { count, heldBytes, freeBytes, room } = storage;
  const free =
    freeBytes === null ? t('storage_free_not_known') : t('storage_free', [spokenSize(t, freeBytes)]);
  const held = plural(t, 'storage_machine', count, [String(count), spokenSize(t, heldBytes)]);
  const isLittle = hasLittleRoom(storage);
  if (room.kind !== 'limited' || (isLittle && state.kind === 'training'))
    return { text: `${held} ${free}`, trouble: null };
  const full = room.fullAt === null ? [] : [t('storage_full_at', [String(room.fullAt)])];
  const rest = [roomPhrase(t, room.more), ...full].join(' ');
  return isLittle
    ? { text: `${held} ${free}`, trouble: rest }
    : { text: `${held} ${free} ${rest}`, trouble: null };
};

const roomPhrase = (t: Translate, more: number): string =>
  more === 0 ? t('storage_no_room') : plural(t, 'storage_room', more);
