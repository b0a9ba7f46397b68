import type { SetupCell } from '../core/recovery/setup-record.ts';
import { isWrittenUntold } from '../core/run/growth.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import { DONE, refused } from './action-reply.ts';
import type { Copies } from './copies.ts';
import { setupOf } from './notebook-view.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { NotebookStore } from './notebook-store.ts';
import { readCells, tellPage } from './page-link.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import { recoveryPlan } from './recovery-plan.ts';

/**
 * Starts the recovery of a notebook's run: what has to be put back, the wanted setup cells, then the resume cell. A folder that
 * has grown since the loss gets no second run by itself, nor before the user was told (`isTold`: the popup shows what is known).
 */
export const recover = async (
  store: NotebookStore,
  copies: Pick<Copies, 'ofNotebook'>,
  recovery: RecoveryDesk,
  looks: Pick<FolderWatch, 'lookAnyway'>,
  id: string,
  wanted: (cell: SetupCell) => boolean,
  isTold = false,
): Promise<PopupActionReply> => {
  const told = isTold ? (store.get(id)?.run ?? null) : null;
  if (store.get(id)?.run?.phase.kind === 'lost') await looks.lookAnyway(id);
  if (isWrittenUntold(store.get(id)?.run ?? null, told)) return refused('still-written');
  const record = store.get(id);
  const run = record?.run ?? null;
  if (record === null || run === null || !record.present) return refused('page-not-there');
  if (run.phase.kind === 'training') return refused('kernel-busy');
  if (record.kernel.id === null || record.kernel.state !== 'alive') return refused('no-kernel');
  const setup = setupOf(record, run, await readCells(record)).filter(
    (cell) => cell.state !== 'missing' && wanted(cell),
  );
  const plan = recoveryPlan(record, await copies.ofNotebook(id), setup);
  if (plan === null) return refused('not-there');
  tellPage(record, null);
  await recovery.start(id, plan);
  return DONE;
};
