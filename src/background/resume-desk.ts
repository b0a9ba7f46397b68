import { readSettings } from '../browser/settings.ts';
import { shortName } from '../core/plain-text.ts';
import { newestGood } from '../core/checkpoint/newest-good.ts';
import type { FolderWatch } from './folder-watch.ts';
import { createInTurn } from './in-turn.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { readCells, tellPage } from './page-link.ts';
import { placeCell, placeFailure, takeCell, type Taken } from './placed-cell.ts';
import { composeResumeCell } from './resume-text.ts';
import type { TrainingReader } from './training-reading.ts';

export interface ResumeDesk {
  /** A kernel is there again after a loss: inserts the resume cell if the user's settings say so. */
  kernelIsBack(id: string): Promise<void>;
  /** Inserts the resume cell, or brings the one that is there up to date. Done twice it does nothing twice. */
  insert(id: string): Promise<void>;
  /** Takes the inserted cell away again, unless somebody has written in it. */
  undo(id: string): Promise<Taken>;
}

/** Writes, inserts and takes away the cell that resumes a run. */
export const createResumeDesk = (
  store: NotebookStore,
  looks: FolderWatch,
  reader: TrainingReader,
): ResumeDesk => {
  /** Judges the folder once more and writes the cell for its newest complete checkpoint. */
  const compose = async (
    id: string,
  ): Promise<{ readonly checkpoint: string; readonly text: string } | null> => {
    store.change(id, (notebook) => ({
      ...notebook,
      resumeImpossible: 'still-checking',
      insertFailure: null,
    }));
    await looks.settle(id);
    await readAgain(id);
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null) return null;
    const { good } = newestGood(run.checkpoints.filter(({ gone, origin }) => !gone && origin === 'this-run'));
    const written = good === null ? null : await composeResumeCell(reader, record, run, good);
    const impossible = good === null ? 'no-checkpoint' : written?.ok === false ? written.failure : null;
    const text = written?.ok === true ? written.value : null;
    store.change(id, (notebook) => ({ ...notebook, resumeImpossible: impossible, copyText: text }));
    return good === null || text === null ? null : { checkpoint: good.name, text };
  };

  /** A script that could not be read when the run began may be there by now. */
  const readAgain = async (id: string): Promise<void> => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run?.script !== 'not-read') return;
    const { way } = await reader.training(record, run);
    store.change(id, (notebook) =>
      notebook.run?.id === run.id ? { ...notebook, run: { ...notebook.run, script: way } } : notebook,
    );
  };

  const put = async (id: string, checkpoint: string, text: string): Promise<void> => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null || !record.canInsert) return;
    const cells = await readCells(record);
    const { inserted } = record;
    const reply = await placeCell(record, cells, inserted, run.cellId, text);
    if (reply.kind === 'done')
      return remember(id, { cellId: reply.cellId, source: text, checkpoint, runId: run.id });
    const failure = placeFailure(reply);
    store.change(id, (notebook) => ({ ...notebook, inserted: null, insertFailure: failure }));
  };

  const remember = (id: string, inserted: NonNullable<Notebook['inserted']>): void =>
    void store.change(id, (notebook) => ({ ...notebook, inserted, insertFailure: null }));

  const insert = async (id: string): Promise<void> => {
    const cell = await compose(id);
    if (cell !== null) await put(id, cell.checkpoint, cell.text);
  };

  const kernelIsBack = async (id: string): Promise<void> => {
    const record = store.get(id);
    if (record?.run?.phase.kind !== 'lost' || record.undone) return;
    const { insertAfterReconnect, runAfterReconnect } = await readSettings();
    if (!insertAfterReconnect) return void (await compose(id));
    const before = record.inserted?.source;
    await insert(id);
    const after = store.get(id);
    // Nobody asked for it at this moment, so it is said where it was done; a click in the popup needs no second word.
    if (after === null || after.inserted === null || after.inserted.source === before || runAfterReconnect)
      return;
    tellPage(after, { notebookId: id, checkpoint: shortName(after.inserted.checkpoint) });
  };

  const undo: ResumeDesk['undo'] = async (id) => {
    const record = store.get(id);
    if (record === null || record.inserted === null) return 'not-inserted';
    const taken = await takeCell(record, record.inserted);
    if (taken !== 'done') return taken;
    store.change(id, (notebook) => ({ ...notebook, inserted: null, undone: true }));
    tellPage(record, null);
    return 'done';
  };

  const inTurn = createInTurn();
  return {
    kernelIsBack: (id) => inTurn(id, () => kernelIsBack(id)),
    insert: (id) => inTurn(id, () => insert(id)),
    undo: (id) => inTurn(id, () => undo(id)),
  };
};
