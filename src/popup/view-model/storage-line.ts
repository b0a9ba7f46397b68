import { LITTLE_ROOM } from '../../core/run/storage-forecast.ts';
import type { StorageView } from '../../protocol/storage-view.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { spokenSize } from './quantities.ts';

export interface StorageLine {
  readonly text: string;
  /** What stands out after it; `null`: there is no trouble. */
  readonly trouble: string | null;
}

/** What the checkpoints take on the machine and what is free there; `null` where none lies there. */
export const storageLine = (t: Translate, storage: StorageView | null): StorageLine | null => {
  if (storage === null || storage.count === 0) return null;
  const { count, heldBytes, freeBytes, room } = storage;
  const free =
    freeBytes === null ? t('storage_free_not_known') : t('storage_free', [spokenSize(t, freeBytes)]);
  const held = plural(t, 'storage_machine', count, [String(count), spokenSize(t, heldBytes)]);
  if (room.kind !== 'limited') return { text: `${held} ${free}`, trouble: null };
  const full = room.fullAt === null ? [] : [t('storage_full_at', [String(room.fullAt)])];
  const rest = [roomPhrase(t, room.more), ...full].join(' ');
  return room.more <= LITTLE_ROOM
    ? { text: `${held} ${free}`, trouble: rest }
    : { text: `${held} ${free} ${rest}`, trouble: null };
};

const roomPhrase = (t: Translate, more: number): string =>
  more === 0 ? t('storage_no_room') : plural(t, 'storage_room', more);
