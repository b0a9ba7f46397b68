import type { LossView, NotebookView } from '../protocol/popup-view.ts';
import { lost, minutesAgo, run } from './recorded-states.ts';

/** The checkpoints went with their disk. */
const onNewDisk = (cause: LossView['cause'], more: Partial<LossView> = {}): NotebookView =>
  lost(
    { cause, disk: 'empty', ...more },
    { from: null, cell: { kind: 'impossible', reason: 'no-checkpoint' } },
    {
      safeName: null,
      safeStep: null,
      stepsAtRisk: 451,
      checkpoints: run.checkpoints.map((each) => ({ ...each, gone: true })),
    },
  );

const stopped = lost({ cause: 'server-stopped', at: minutesAgo(2), kernel: 'away' });

/** Runs that were lost with the server or the machine below them, by what became of the disk. */
export const diskStates: Readonly<Record<string, NotebookView>> = {
  'lost-server-stopped': {
    ...stopped,
    health: { ...stopped.health, files: 'server-stopped' },
  },
  'lost-server-stopped-kept': lost({ cause: 'server-stopped', disk: 'kept', at: minutesAgo(5) }),
  'lost-server-stopped-empty': onNewDisk('server-stopped', { at: minutesAgo(5) }),
  'lost-server-restarted': lost({ cause: 'server-restarted' }, { setup: [] }),
  'lost-server-restarted-kept': lost({ cause: 'server-restarted', disk: 'kept' }),
  'lost-still-written': lost({ cause: 'server-restarted', disk: 'kept', grew: 'checkpoint-500' }),
  'lost-machine': onNewDisk('machine-replaced'),
  'lost-machine-unknown': lost({ cause: 'machine-replaced', kernel: 'away' }),
  'lost-machine-kept': lost({ cause: 'machine-replaced', disk: 'kept' }),
  'lost-machine-stale-cell': lost(
    { cause: 'machine-replaced', disk: 'empty' },
    { from: null, cell: { kind: 'inserted', checkpoint: 'checkpoint-400' } },
    { safeName: null, safeStep: null, stepsAtRisk: 451, checkpoints: [] },
  ),
};
