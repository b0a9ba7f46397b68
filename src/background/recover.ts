import type { SetupCell } from '../core/recovery/setup-record.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import { DONE, refused } from './action-reply.ts';
import type { Copies } from './copies.ts';
import { setupOf } from './notebook-view.ts';
import type { NotebookStore } from './notebook-store.ts';
import { readCells, tellPage } from './page-link.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import { recoveryPlan } from './recovery-plan.ts';

/** Starts the recovery of a notebook's run: what has to be put back, the wanted setup cells, then the resume cell. */
export const recover = async (
  store: NotebookStore,
  copies: Pick<Copies, 'ofNotebook'>,
  recovery: RecoveryDesk,
  id: string,
  wanted: (cell: SetupCell) => boolean,
): Promise<PopupActionReply> => {
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
