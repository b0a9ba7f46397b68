import type { Notebook, Recovery, RecoveryStep } from './notebook.ts';

/** What was begun may still end, also beside something that failed. */
export const isUnderWay = (recovery: Recovery | null): recovery is Recovery =>
  recovery !== null && recovery.status !== 'done';

/** Whether nothing of it has failed. */
export const isWell = ({ status }: Recovery): boolean => status === 'running' || status === 'stopped';

/** What the user stopped stays stopped. */
export const failedOr = (status: Recovery['status']): Recovery['status'] =>
  status === 'running' ? 'failed' : status;

/** Why a step failed: the kernel that it ran in is gone. */
export const KERNEL_LOST = 'kernel-lost';

export const running = (steps: readonly RecoveryStep[], index: number): RecoveryStep[] =>
  steps.map((step, at) => (at === index ? { ...step, state: 'running', error: null } : step));

export const stepAt = ({ steps }: Recovery, index: number): RecoveryStep => {
  const step = steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  return step;
};

export const canSkip = ({ kind, state }: RecoveryStep): boolean =>
  state === 'failed' || state === 'waiting' || (state === 'running' && kind === 'setup');

/** Whether a step's work lies in the kernel's memory. */
export const isInKernel = ({ kind }: RecoveryStep): boolean => kind === 'setup' || kind === 'train';

export const retried = (recovery: Recovery): Recovery => {
  const kernelIsNew = recovery.steps.some(({ error }) => error === KERNEL_LOST);
  // What was stopped goes on where it was: only of one that runs it is asked for.
  const runsAgain = (step: RecoveryStep): boolean => recovery.status === 'running' && isUnheard(step);
  return {
    ...recovery,
    status: 'running',
    steps: recovery.steps.map((step) =>
      step.state === 'failed' || runsAgain(step) || (kernelIsNew && step.state === 'done' && isInKernel(step))
        ? { ...step, state: 'waiting', error: null }
        : step,
    ),
  };
};

export const withoutStep = (recovery: Recovery, index: number): Recovery => {
  const skipped = { ...stepAt(recovery, index), state: 'skipped' } as const;
  const steps = recovery.steps.with(index, skipped);
  const isMended = recovery.status === 'failed' && !steps.some(({ state }) => state === 'failed');
  return { ...recovery, steps, status: isMended ? 'running' : recovery.status };
};

export const finished = (recovery: Recovery): Recovery => ({
  ...recovery,
  status: 'done',
  steps: recovery.steps.map((step) =>
    step.state === 'failed' || step.state === 'skipped' ? step : { ...step, state: 'done' },
  ),
});

/**
 * A setup cell that runs, as far as is known; but its page was loaded anew, so that its end may have been missed. The training
 * cell is none: what became of its run is found out in other ways, and it must not be run a second time.
 */
export const isUnheard = ({ kind, state, unheard }: RecoveryStep): boolean =>
  kind === 'setup' && state === 'running' && unheard;

/** The page goes: what runs in the kernel runs on, and nobody hears it. */
export const withoutPage = (notebook: Notebook): Notebook => {
  const { recovery } = notebook;
  if (!isUnderWay(recovery) || !recovery.steps.some((step) => isRunningInKernel(step) && !step.unheard))
    return notebook;
  const steps = recovery.steps.map((step) => (isRunningInKernel(step) ? { ...step, unheard: true } : step));
  return { ...notebook, recovery: { ...recovery, steps } };
};

export const isRunningInKernel = (step: RecoveryStep): boolean =>
  step.state === 'running' && isInKernel(step);

/** The run that the resume cell began has come to its end. */
const hasFinished = ({ run }: Notebook, { runId }: Recovery): boolean =>
  run !== null && run.id !== runId && run.phase.kind === 'finished';

/** Why a step failed: its cell has ended, and nobody heard how. */
const END_UNKNOWN = 'end-unknown';

/**
 * The kernel has answered a question: everything that it was given before that moment has ended. Where the end of a step's
 * cell was not heard, how it ended is not known, and that is said.
 *
 * @param before Milliseconds since the epoch.
 */
export const afterAnswer = (notebook: Notebook, before: number): Notebook => {
  const { recovery, heard, inserted } = notebook;
  if (!isUnderWay(recovery)) return notebook;
  const index = recovery.steps.findIndex(isRunningInKernel);
  if (index < 0) return notebook;
  const step = stepAt(recovery, index);
  if (step.kind === 'train' && hasFinished(notebook, recovery))
    return { ...notebook, recovery: finished(recovery) };
  const startedAt = step.startedAt ?? 0;
  const cellId = step.kind === 'train' ? (inserted?.cellId ?? null) : step.cellId;
  const begun = heard.findLast((cell) => cell.cellId === cellId && cell.at >= startedAt);
  if (!step.unheard || (begun?.at ?? startedAt) >= before) return notebook;
  const ended = { ...step, state: 'failed', error: END_UNKNOWN } as const;
  return {
    ...notebook,
    recovery: { ...recovery, status: failedOr(recovery.status), steps: recovery.steps.with(index, ended) },
  };
};
