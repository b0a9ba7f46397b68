import { LITTLE_ROOM } from '../../core/run/storage-forecast.ts';
import type { HomeView } from '../../protocol/home-view.ts';
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

/** What is taken on the machine and in this browser, and what is free there; none where nothing lies in either. */
export const storageLines = (t: Translate, { storage, home }: NotebookView): readonly StorageLine[] => {
  const machine = storage === null || storage.count === 0 ? null : machineLine(t, storage);
  const browser = home.copies.length === 0 ? null : browserLine(t, home);
  return [machine, browser].filter((line) => line !== null);
};

const machineLine = (t: Translate, { count, heldBytes, freeBytes, room }: StorageView): StorageLine => {
  const free =
    freeBytes === null ? t('storage_free_not_known') : t('storage_free', [spokenSize(t, freeBytes)]);
  const held = plural(t, 'storage_machine', count, [String(count), spokenSize(t, heldBytes)]);
  const more = room.kind === 'limited' ? roomPhrase(t, room.more) : null;
  const isLittle = room.kind === 'limited' && room.more <= LITTLE_ROOM;
  const full =
    room.kind !== 'limited' || room.fullAt === null ? null : t('storage_full_at', [String(room.fullAt)]);
  const rest = more === null ? null : [more, full].filter((part) => part !== null).join(' ');
  return {
    text: [held, free, isLittle ? null : rest].filter((part) => part !== null).join(' '),
    trouble: isLittle ? rest : null,
  };
};

const roomPhrase = (t: Translate, more: number): string =>
  more === 0 ? t('storage_no_room') : plural(t, 'storage_room', more);

const browserLine = (t: Translate, { copies, space }: HomeView): StorageLine => {
  const bytes = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const held = [String(copies.length), spokenSize(t, bytes)];
  const text =
    space === null
      ? plural(t, 'storage_browser', copies.length, held)
      : plural(t, 'storage_browser_of', copies.length, [...held, spokenSize(t, space.mostBytes)]);
  return { text, trouble: null };
};
