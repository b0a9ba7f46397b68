import type { PageEvent } from '../protocol/page-event.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { withConnection } from './connection.ts';
import type { KernelDesk } from './kernel-desk.ts';
import type { LossDesk } from './loss-desk.ts';
import type { NotebookStore } from './notebook-store.ts';

type MachineEvent = Extract<PageEvent, { kind: 'machine' }>;

export interface MachineDesk {
  take(id: string, event: MachineEvent): Promise<void>;
}

/**
 * Machines that are lent to a notebook and taken back (Colab). While the page has none nobody can tell whether the disk
 * lives: that shows when the user connects again, by the machine's id. Another id is another machine, and an empty disk.
 */
export const createMachineDesk = (
  store: NotebookStore,
  alarms: AlarmDesk,
  losses: LossDesk,
  kernels: Pick<KernelDesk, 'inReach'>,
  now: () => number,
): MachineDesk => ({
  async take(id, { machineId, connected }) {
    const before = store.get(id)?.machine ?? null;
    const known = before?.id ?? null;
    store.change(id, (notebook) => ({ ...notebook, machine: { id: machineId ?? known, connected } }));
    if (known !== null && machineId !== null && machineId !== known) {
      await losses.lose(id, 'machine-replaced');
      if (connected !== false) await losses.back(id);
    } else if (connected === false && before?.connected !== false) {
      const record = store.get(id);
      if (record?.run?.phase.kind !== 'training') return;
      store.change(id, (notebook) => withConnection(notebook, 'runtime-disconnected', now()));
      alarms.disconnected(id);
    } else if (connected === true && before?.connected === false) await kernels.inReach(id);
  },
});
