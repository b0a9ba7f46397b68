import type { PageEvent } from '../protocol/page-event.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { withLine } from './connection.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { KernelDesk } from './kernel-desk.ts';
import type { LossDesk } from './loss-desk.ts';
import type { NotebookStore } from './notebook-store.ts';

type MachineEvent = Extract<PageEvent, { kind: 'machine' }>;

export interface MachineDesk {
  take(id: string, event: MachineEvent): Promise<void>;
}

/**
 * Machines that are lent to a notebook and taken back (Colab). While the page has none nobody can tell whether the disk
 * lives: that shows when the user connects again, by the machine's id. Another id is another machine, and an empty disk
 * but for what is mounted.
 */
export const createMachineDesk = (
  store: NotebookStore,
  alarms: AlarmDesk,
  losses: LossDesk,
  kernels: Pick<KernelDesk, 'inReach'>,
  looks: Pick<FolderWatch, 'settle'>,
  now: () => number,
): MachineDesk => {
  const isTraining = (id: string): boolean => store.get(id)?.run?.phase.kind === 'training';

  const replaced = async (id: string, connected: boolean | null): Promise<void> => {
    await losses.lose(id, { kind: 'another-machine' });
    if (connected === false) return;
    await losses.back(id);
    // What a finished run saved may lie elsewhere than on the disk that went, on a mounted Drive for example.
    if (store.get(id)?.run?.phase.kind === 'finished') await looks.settle(id);
  };

  return {
    async take(id, { machineId, connected, asks }) {
      const before = store.get(id)?.machine ?? null;
      const known = before?.id ?? null;
      store.change(id, (notebook) => ({ ...notebook, machine: { id: machineId ?? known, connected, asks } }));
      if (asks && before?.asks !== true && isTraining(id)) alarms.personWanted(id);
      if (known !== null && machineId !== null && machineId !== known) return replaced(id, connected);
      if (connected === true && before?.connected === false) return kernels.inReach(id);
      if (connected !== false || before?.connected === false || !isTraining(id)) return;
      store.change(id, (notebook) => withLine(notebook, { kind: 'no-runtime' }, now()));
      alarms.disconnected(id);
    },
  };
};
