import { readSettings } from '../browser/settings.ts';
import { emptySetupRecord } from '../core/recovery/setup-record.ts';
import { diagnose, type Evidence } from '../core/recovery/diagnosis.ts';
import type { Run } from '../core/run/run.ts';
import type { Copies } from './copies.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { NotebookStore } from './notebook-store.ts';
import { againDiagnosed } from '../core/run/disk-sight.ts';
import { recover } from './recover.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import type { ResumeDesk } from './resume-desk.ts';
import type { ServerDesk } from './server-desk.ts';

/** An interruption this shortly before a loss belongs to it. */
const INTERRUPTED_BY_LOSS_MS = 10_000;

export type LossEvidence = Extract<Evidence, { kind: 'kernel-lost' | 'another-machine' }>;

export interface LossDesk {
  /** The kernel is gone, with everything that was in it. Told again of the same loss only better evidence changes it. */
  lose(id: string, evidence: LossEvidence): Promise<void>;
  /** A kernel is there again: the resume cell's moment. */
  back(id: string): Promise<void>;
}

/** What a lost kernel means for a notebook's run, whoever noticed. */
export const createLossDesk = (
  store: NotebookStore,
  alarms: AlarmDesk,
  resume: ResumeDesk,
  recovery: RecoveryDesk,
  looks: Pick<FolderWatch, 'lookAnyway'>,
  copies: Pick<Copies, 'ofNotebook'>,
  servers: ServerDesk,
  now: () => number,
): LossDesk => {
  /** Runs everything by itself, only where the user has switched that on. A cell that changed since it ran is left out. */
  const recoverIfWanted = async (id: string): Promise<void> => {
    const { insertAfterReconnect, runAfterReconnect } = await readSettings();
    const record = store.get(id);
    if (!insertAfterReconnect || !runAfterReconnect || record?.run?.phase.kind !== 'lost') return;
    await recover(store, copies, recovery, looks, id, ({ state }) => state === 'same');
  };

  return {
    async lose(id, evidence) {
      const at = now();
      const before = store.get(id)?.run ?? null;
      // On a site that lends machines the next one is reached in another way.
      servers.forget(id);
      store.change(id, (notebook) => ({
        ...notebook,
        connection: { kind: 'connected' },
        setup: isSameMachine(evidence)
          ? { ...emptySetupRecord, packages: notebook.setup.packages }
          : emptySetupRecord,
        heard: [],
        run: notebook.run === null ? null : afterLoss(notebook.run, evidence, at),
      }));
      recovery.kernelLost(id);
      if (before !== null && isNews(before, at)) await alarms.lost(id);
    },
    async back(id) {
      store.change(id, (notebook) =>
        notebook.run?.phase.kind === 'lost'
          ? { ...notebook, run: { ...notebook.run, phase: { ...notebook.run.phase, kernel: 'back' } } }
          : notebook,
      );
      await resume.kernelIsBack(id);
      await recoverIfWanted(id);
    },
  };
};

/** What was installed there is there still. */
const isSameMachine = (evidence: LossEvidence): boolean =>
  evidence.kind === 'kernel-lost' && (evidence.said === 'died' || evidence.server === 'same');

const afterLoss = (run: Run, evidence: LossEvidence, at: number): Run => {
  switch (run.phase.kind) {
    case 'training':
    // A run that stopped had its variables in the kernel as long as that lived.
    case 'stopped': {
      const diagnosis = diagnose({ state: 'running', line: 'connected' }, evidence);
      if (diagnosis.state === 'running') return run;
      const { cause, disk } = diagnosis;
      return { ...run, phase: { kind: 'lost', at, cause, disk, kernel: 'away' } };
    }
    case 'lost':
      return { ...run, phase: againDiagnosed(run.phase, evidence) };
    case 'finished':
      return evidence.kind === 'another-machine'
        ? { ...run, phase: { ...run.phase, machine: 'replaced' } }
        : run;
    default:
      return run.phase satisfies never;
  }
};

/**
 * A server that restarts a kernel interrupts its cell first (jupyter_server 2.21): an interruption just before a loss is
 * a part of it. What was stopped before is known already.
 */
const isNews = ({ phase }: Run, at: number): boolean =>
  phase.kind === 'training' ||
  (phase.kind === 'stopped' && phase.reason.kind === 'interrupted' && at - phase.at < INTERRUPTED_BY_LOSS_MS);
