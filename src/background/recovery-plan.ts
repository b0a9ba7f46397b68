import { isByHand } from '../core/recovery/by-hand.ts';
import type { SetupCell } from '../core/recovery/setup-record.ts';
import type { KnownCopy } from './copies.ts';
import type { Notebook, Recovery, RecoveryStep } from './notebook.ts';
import { restartPoint } from './restart-point.ts';

const KINDS_OF_RESUMING = ['insert', 'train', 'watch'] as const;

/** What a recovery will do, in its order; nothing of it has been done. What the user has to do is no step of it. */
export const recoveryPlan = (
  notebook: Notebook,
  copies: readonly KnownCopy[],
  setup: readonly SetupCell[],
): Recovery | null => {
  const { run } = notebook;
  const from = run === null ? null : restartPoint(run, copies);
  if (run === null || from === null) return null;
  const { name, step, restores } = from;
  return {
    runId: run.id,
    fromStep: step,
    status: 'running',
    steps: [
      ...restores.map(({ copyId, name: title, sizeBytes }) =>
        waiting('restore', { title, copyId, sizeBytes }),
      ),
      ...setup.map(({ cellId, title, beside }) => waiting('setup', { cellId, title, beside })),
      ...(isByHand(run) ? [] : KINDS_OF_RESUMING.map((kind) => waiting(kind, { title: name }))),
    ],
  };
};

const waiting = (kind: RecoveryStep['kind'], of: Partial<RecoveryStep>): RecoveryStep => ({
  kind,
  cellId: null,
  title: null,
  copyId: null,
  sizeBytes: null,
  beside: false,
  state: 'waiting',
  error: null,
  startedAt: null,
  unheard: false,
  ...of,
});
