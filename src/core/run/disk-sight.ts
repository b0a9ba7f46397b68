import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { diagnose, type Evidence } from '../recovery/diagnosis.ts';
import { grownBy } from './growth.ts';
import type { Run, RunPhase } from './run.ts';

type LostPhase = Extract<RunPhase, { kind: 'lost' }>;

/** A loss in the light of more evidence. */
export const againDiagnosed = (phase: LostPhase, evidence: Evidence): LostPhase => {
  const { cause, disk } = phase;
  const after = diagnose({ state: 'lost', cause, disk }, evidence);
  return after.state === 'lost' ? { ...phase, cause: after.cause, disk: after.disk } : phase;
};

/**
 * What one look at the output folder tells of the disk that a lost run wrote to, and whether it is still written to: its phase after it. `null`: the folder is
 * not there.
 */
export const seeOnDisk = (run: Run, found: readonly Checkpoint[] | null): RunPhase => {
  if (run.phase.kind !== 'lost') return run.phase;
  const seen = whatIsSeen(run, found);
  const phase = seen === null ? run.phase : againDiagnosed(run.phase, { kind: 'folder', seen });
  const grew = grownBy(run, found ?? []);
  return grew === null ? phase : { ...phase, grew };
};

/** A hub that says within this time of a loss that it has stopped the server has caused it. */
const STOP_AND_LOSS_MS = 60_000;

/** A hub answered in the server's place: the phase of the run after it. */
export const seeServerStopped = ({ phase }: Run, at: number): RunPhase =>
  phase.kind === 'lost' && at - phase.at < STOP_AND_LOSS_MS
    ? againDiagnosed(phase, { kind: 'stopped-after-all' })
    : phase;

/** A disk is known by this run's checkpoints, and where it has none yet, by its folder. `null`: by nothing. */
const whatIsSeen = (run: Run, found: readonly Checkpoint[] | null): 'there' | 'gone' | 'back' | null => {
  const own = run.checkpoints.filter(({ origin }) => origin === 'this-run');
  const expected = own.filter(({ gone }) => !gone);
  const times = new Map((found ?? []).map(({ name, modifiedAt }) => [name, modifiedAt]));
  if (expected.length > 0) return expected.some(({ name }) => times.has(name)) ? 'there' : 'gone';
  // A copy that was put back has another time.
  if (own.some(({ name, modifiedAt }) => modifiedAt !== null && times.get(name) === modifiedAt))
    return 'back';
  if (own.length > 0 || run.folder.kind !== 'known' || !run.folder.seen) return null;
  return found === null ? 'gone' : 'there';
};
