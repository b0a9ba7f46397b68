import { publicPart, type Drift } from '../../core/recovery/package-versions.ts';
import { trapOf, type ResumeTrap } from '../../core/recovery/resume-trap.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';

const TRAP = {
  'path-not-found': 'trap_path_not_found',
  'no-trainer-state': 'trap_no_trainer_state',
  'optimizer-differs': 'trap_optimizer_differs',
  'weights-only-load': 'trap_weights_only_load',
  'name-not-defined': 'trap_name_not_defined',
  'model-differs': 'trap_model_differs',
  'out-of-memory': 'trap_out_of_memory',
  'disk-full': 'trap_disk_full',
  'module-missing': 'trap_module_missing',
} as const satisfies Record<ResumeTrap, MessageKey>;

/** Traps that another version of a package can well be the cause of. Of the others the cause is known. */
const MAY_BE_DRIFT: ReadonlySet<ResumeTrap | null> = new Set([
  null,
  'optimizer-differs',
  'weights-only-load',
  'model-differs',
]);

const NO_DRIFT: readonly Drift[] = [];

/**
 * @param error What the kernel raised: its name, a colon, its message.
 * @param drift Packages that are other ones than when the checkpoint was saved.
 */
export const adviceOn = (t: Translate, error: string, drift = NO_DRIFT): string | null => {
  const colon = error.indexOf(':');
  if (colon < 0) return null;
  const trap = trapOf({ name: error.slice(0, colon), message: error.slice(colon + 1).trimStart() });
  const changed = MAY_BE_DRIFT.has(trap) ? driftAdvice(t, drift) : null;
  return changed ?? (trap === null ? null : t(TRAP[trap]));
};

/** What changed, each with both versions, and the one line that undoes it. */
const driftAdvice = (t: Translate, drift: readonly Drift[]): string | null => {
  if (drift.length === 0) return null;
  const changes = drift.map(({ name, before, now }) => t('trap_drift_package', [name, before, now]));
  const install = drift.map(({ name, before }) => `${name}==${publicPart(before)}`).join(' ');
  return t('trap_drift', [changes.join(' '), `%pip install ${install}`]);
};
