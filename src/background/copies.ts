import { checkedOf, sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import { room, type Room } from '../vault/room.ts';
import type { Vault } from '../vault/vault.ts';
import type { CopyView } from '../protocol/home-view.ts';

/** What the popup has to know of a copy, and whose it is. */
export interface KnownCopy {
  readonly view: CopyView;
  readonly notebookId: string | null;
  readonly record: CopyRecord | null;
}

export interface Copies {
  /** Copies that the user had kept, newest first. Read from the vault once, and again after `changed`. */
  list(): Promise<readonly KnownCopy[]>;
  /** Those of a notebook. */
  ofNotebook(id: string): Promise<readonly KnownCopy[]>;
  space(): Promise<Room | null>;
  changed(): void;
}

export const createCopies = (vault: Vault): Copies => {
  const known: { list: Promise<readonly KnownCopy[]> | null } = { list: null };
  const list = (): Promise<readonly KnownCopy[]> => {
    known.list ??= read(vault).catch(() => {
      known.list = null;
      return [];
    });
    return known.list;
  };
  return {
    list,
    async ofNotebook(id) {
      return (await list()).filter(({ notebookId }) => notebookId === id);
    },
    space: room,
    changed() {
      known.list = null;
    },
  };
};

const read = async (vault: Vault): Promise<readonly KnownCopy[]> =>
  (await vault.list())
    .map((entry): KnownCopy => {
      if (entry.kind === 'damaged') return damaged(entry.id);
      const { record } = entry;
      return { view: viewOf(record), notebookId: record.notebook.id, record };
    })
    .filter(({ record }) => record === null || record.purpose !== 'zip')
    .toSorted((a, b) => b.view.keptAt - a.view.keptAt);

const viewOf = (record: CopyRecord): CopyView => ({
  id: record.id,
  name: record.name,
  step: record.step,
  loss: record.loss,
  extent: record.extent,
  sizeBytes: sizeOf(record),
  keptAt: record.begunAt,
  state: record.state === 'whole' ? checkedOf(record) : 'unfinished',
  canGoOn: false,
});

/** Nobody knows whose it is: it is shown everywhere, so that it can be taken away. */
const damaged = (id: string): KnownCopy => ({
  notebookId: null,
  record: null,
  view: {
    id,
    name: id,
    step: null,
    loss: null,
    extent: 'everything',
    sizeBytes: 0,
    keptAt: 0,
    state: 'damaged',
    canGoOn: false,
  },
});
