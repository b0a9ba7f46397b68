import { proofOf } from '../core/run/resumption.ts';
import { nextStep } from './next-step.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { Notebook, Recovery, RecoveryStep } from './notebook.ts';
import {
  afterAnswer,
  canSkip,
  failedOr,
  finished,
  isInKernel,
  isUnderWay,
  isWell,
  KERNEL_LOST,
  retried,
  running,
  stepAt,
  withoutStep,
} from './recovery-steps.ts';

export interface RecoveryDesk {
  /** Starts a recovery; does nothing while another one of the notebook runs. */
  start(id: string, plan: Recovery): Promise<void>;
  /** Starts nothing more; what runs in the kernel is left to run. A second time it is "Back to the run". */
  stop(id: string): void;
  /** Tries the step again that failed. What was in a kernel that is gone has to be made again. */
  retry(id: string): Promise<void>;
  /**
   * Leaves out a step that failed or has not begun, and goes on. Of a setup cell that runs the end is not waited for any more:
   * nobody may hear it, when the page was loaded anew meanwhile.
   */
  skip(id: string, index: number): Promise<void>;
  cellEnded(
    id: string,
    cellId: string | null,
    error: { readonly name: string; readonly message: string } | null,
  ): Promise<void>;
  /** Something was seen of the run: whether it really goes on can be known now. */
  runSeen(id: string): void;
  /** The kernel has answered: what it was given before that moment (milliseconds since the epoch) has ended. */
  answered(id: string, before: number): void;
  kernelLost(id: string): void;
  /** A copy was put back, or not: `null`, or a word for why. */
  restored(id: string, copyId: string, why: string | null): Promise<void>;
  /** The background has begun anew: what it was at itself is begun again. */
  resume(): Promise<void>;
}

/** What a recovery has done by others. */
export interface RecoveryHands {
  /** Puts a copy back where the notebook's run has its checkpoints; the answer comes by `restored`. */
  readonly restore: (id: string, copyId: string) => Promise<void>;
  /** Writes the resume cell into the notebook, or brings the one that is there up to date. */
  readonly insert: (id: string) => Promise<void>;
  /** Begins a cell; answers why not, or `null`. Its end comes by `cellEnded`. */
  readonly run: (id: string, cellId: string) => Promise<string | null>;
}

/**
 * Carries out a recovery, one step after another as far as they need each other: see `nextStep`.
 *
 * ```text
 *   restore   over when the job is
 *   setup     over at the cell's own end
 *   insert    over when the cell was read back
 *   train     over when the cell ends, or was seen to go on
 *   watch     over when two steps were seen
 * ```
 *
 * Every step is kept in the notebook's record and moved on by what others report, so that a closed popup, a reloaded page or an
 * ended background only pauses it. A step that fails stops it there: it is tried again, left out, or given up by the user.
 */
export const createRecoveryDesk = (
  store: Pick<NotebookStore, 'get' | 'all' | 'change'>,
  hands: RecoveryHands,
  now: () => number,
): RecoveryDesk => {
  /** What ends after a stop, or beside something that failed, is noted all the same: nothing else is begun by that. */
  const change = (id: string, apply: (recovery: Recovery) => Recovery): void =>
    void store.change(id, (notebook) =>
      isUnderWay(notebook.recovery) ? { ...notebook, recovery: apply(notebook.recovery) } : notebook,
    );

  /** Of the step that is at this place in the list. */
  const mark = (id: string, index: number, state: RecoveryStep['state'], error: string | null = null): void =>
    change(id, (recovery) => ({
      ...recovery,
      status: state === 'failed' ? failedOr(recovery.status) : recovery.status,
      steps: recovery.steps.with(index, {
        ...stepAt(recovery, index),
        state,
        error,
        ...(state === 'running' ? { startedAt: now(), unheard: false } : {}),
      }),
    }));

  const runningStep = (
    record: Notebook | null,
    is: (step: RecoveryStep) => boolean,
  ): { readonly index: number; readonly step: RecoveryStep } | null => {
    const recovery = record?.recovery ?? null;
    if (!isUnderWay(recovery)) return null;
    const index = recovery.steps.findIndex((step) => step.state === 'running' && is(step));
    return index < 0 ? null : { index, step: stepAt(recovery, index) };
  };

  /** Begins what can begin. */
  const advance = async (id: string): Promise<void> => {
    const recovery = store.get(id)?.recovery;
    if (recovery?.status !== 'running') return;
    const index = nextStep(recovery.steps);
    if (index !== null) {
      mark(id, index, 'running');
      await Promise.all([begin(id, index, stepAt(recovery, index)), advance(id)]);
      return;
    }
    if (recovery.steps.every(({ state }) => state === 'done' || state === 'skipped'))
      change(id, (known) => ({ ...known, status: 'done' }));
  };

  const begin = async (id: string, index: number, step: RecoveryStep): Promise<void> => {
    switch (step.kind) {
      case 'restore':
        return step.copyId === null ? mark(id, index, 'failed', 'no-copy') : hands.restore(id, step.copyId);
      case 'setup':
        return runCell(id, index, step.cellId);
      case 'insert':
        // The folder may have to be looked at for seconds: who reported what came before does not wait for that.
        void insert(id, index).catch(() => mark(id, index, 'failed', 'not-inserted'));
        return;
      case 'train':
        return train(id, index);
      case 'watch':
        // The training cell runs already: what is seen of it decides.
        return runSeen(id);
      default:
        return step.kind satisfies never;
    }
  };

  const runCell = async (id: string, index: number, cellId: string | null): Promise<void> => {
    const why = cellId === null ? 'cell-not-found' : await hands.run(id, cellId);
    if (why !== null) mark(id, index, 'failed', why);
  };

  const train = async (id: string, index: number): Promise<void> => {
    const run = async (): Promise<string | null> => {
      const cellId = store.get(id)?.inserted?.cellId ?? null;
      return cellId === null ? 'cell-not-found' : hands.run(id, cellId);
    };
    let why = await run();
    if (why === 'cell-not-found') {
      // A page that was loaded anew before it was saved has lost it.
      await hands.insert(id);
      why = await run();
    }
    if (why !== null) mark(id, index, 'failed', why);
  };

  const insert = async (id: string, index: number): Promise<void> => {
    await hands.insert(id);
    const record = store.get(id);
    if (record === null) return;
    const { inserted, run, insertFailure, resumeImpossible } = record;
    if (inserted !== null && inserted.runId === run?.id) {
      mark(id, index, 'done');
      return advance(id);
    }
    mark(id, index, 'failed', insertFailure ?? resumeImpossible ?? 'not-inserted');
  };

  const runSeen = (id: string): void => {
    const record = store.get(id);
    const { recovery = null, run = null } = record ?? {};
    if (recovery === null || !isWell(recovery) || run === null || run.id === recovery.runId) return;
    // Its checkpoint has no number that its steps could be held against: that it runs is all that can be seen.
    if (run.resumption === null) {
      if (run.resumedFromName !== null) change(id, finished);
      return;
    }
    const proof = proofOf(run.resumption);
    if (proof.kind === 'continues') change(id, finished);
    if (proof.kind !== 'from-zero') return;
    const watch = recovery.steps.findIndex(({ kind }) => kind === 'watch');
    if (watch >= 0 && stepAt(recovery, watch).state !== 'failed') mark(id, watch, 'failed', 'from-zero');
  };

  return {
    async start(id, plan) {
      if (store.get(id)?.recovery?.status === 'running') return;
      store.change(id, (notebook) => ({ ...notebook, recovery: plan }));
      await advance(id);
    },
    stop(id) {
      store.change(id, (notebook) => {
        const { recovery } = notebook;
        if (recovery === null) return notebook;
        return {
          ...notebook,
          recovery: recovery.status === 'running' ? { ...recovery, status: 'stopped' } : null,
        };
      });
    },
    async retry(id) {
      store.change(id, (notebook) =>
        notebook.recovery === null || notebook.recovery.status === 'done'
          ? notebook
          : { ...notebook, recovery: retried(notebook.recovery) },
      );
      await advance(id);
    },
    async skip(id, index) {
      store.change(id, (notebook) => {
        const step = notebook.recovery?.steps[index];
        return notebook.recovery === null || step === undefined || !canSkip(step)
          ? notebook
          : { ...notebook, recovery: withoutStep(notebook.recovery, index) };
      });
      await advance(id);
    },
    async cellEnded(id, cellId, error) {
      const record = store.get(id);
      const trainCell = record?.inserted?.cellId ?? null;
      const ended = runningStep(
        record,
        (step) => cellId !== null && (step.kind === 'train' ? trainCell : step.cellId) === cellId,
      );
      if (ended === null) return;
      if (error !== null) return mark(id, ended.index, 'failed', `${error.name}: ${error.message}`);
      mark(id, ended.index, 'done');
      // A run that ended well after the resume cell needs no further watching.
      if (ended.step.kind === 'train') change(id, finished);
      await advance(id);
    },
    runSeen,
    answered: (id, before) => void store.change(id, (notebook) => afterAnswer(notebook, before)),
    kernelLost: (id) =>
      change(id, (recovery) => {
        const isRunning = ({ state }: RecoveryStep): boolean => state === 'running';
        const inKernel = recovery.steps.findIndex((step) => isRunning(step) && isInKernel(step));
        const index =
          inKernel >= 0
            ? inKernel
            : recovery.steps.findIndex((step) => isRunning(step) && step.kind !== 'restore');
        if (index < 0) return recovery;
        const lost = { ...stepAt(recovery, index), state: 'failed', error: KERNEL_LOST } as const;
        return { ...recovery, status: failedOr(recovery.status), steps: recovery.steps.with(index, lost) };
      }),
    async restored(id, copyId, why) {
      // One that failed may be put back all the same, when what was in its way has been moved aside.
      if (why === null)
        store.change(id, (notebook) => {
          const steps = notebook.recovery?.steps ?? [];
          const index = steps.findIndex((step) => step.copyId === copyId && step.state === 'failed');
          if (notebook.recovery === null || index < 0) return notebook;
          const others = steps.toSpliced(index, 1);
          const status = others.some(({ state }) => state === 'failed') ? 'failed' : 'running';
          return { ...notebook, recovery: { ...notebook.recovery, status, steps: running(steps, index) } };
        });
      const found = runningStep(store.get(id), (step) => step.copyId === copyId);
      if (found === null) return;
      mark(id, found.index, why === null ? 'done' : 'failed', why);
      await advance(id);
    },
    async resume() {
      for (const { id, recovery } of store.all()) {
        if (recovery?.status !== 'running') continue;
        change(id, (known) => ({
          ...known,
          steps: known.steps.map((step) =>
            step.state === 'running' && !isInKernel(step) ? { ...step, state: 'waiting' } : step,
          ),
        }));
        await advance(id);
      }
    },
  };
};
