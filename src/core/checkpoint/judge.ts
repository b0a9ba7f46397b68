import type { Defect, Integrity } from './checkpoint.ts';
import type { FolderListing } from './listing.ts';
import type { FileVerdict } from './proof.ts';
import { formatOf, planProofs } from './proof-plan.ts';
import { requirementsOf } from './required-files.ts';
import { isSettled } from './settled.ts';

/** Written by Transformers 5 while a checkpoint is being saved on SIGTERM (`trainer_jit_checkpoint.py`), removed after. */
const INCOMPLETE_MARKER = 'checkpoint-is-incomplete.txt';

/** All that is known of one checkpoint folder. */
export interface Evidence {
  /** The step in the folder's name. */
  readonly step: number;
  readonly current: FolderListing;
  /** The listing of the look before, `null` at the first look. */
  readonly previous: FolderListing | null;
  /** What the files of `current` said; those not looked into yet are not in it. */
  readonly verdicts: ReadonlyMap<string, FileVerdict>;
}

/**
 * Whether a checkpoint can be resumed from. The order decides: what still moves is `writing`, whatever else is wrong
 * with it; what has a defect is `broken`, even if files are left to be read; what is left to be read is `unchecked`.
 */
export function judge(evidence: Evidence): Integrity {
  const { current, previous, verdicts } = evidence;
  if (previous === null || !isSettled(previous, current)) return { kind: 'writing' };

  const [worst, ...others] = defectsOf(evidence);
  if (worst !== undefined) return { kind: 'broken', defects: [worst, ...others] };
  if (planProofs(current).some(({ file }) => !verdicts.has(file))) return { kind: 'unchecked' };

  const required = requirementsOf(current, verdicts);
  const unproven = [
    ...new Set([...required.opaque, ...required.files.filter((file) => !isProven(file, verdicts))]),
  ];
  return unproven.length > 0
    ? { kind: 'unproven', files: unproven }
    : { kind: 'complete', resumes: required.resumes };
}

function isProven(file: string, verdicts: ReadonlyMap<string, FileVerdict>): boolean {
  // A file without a format of its own (DeepSpeed's `latest`) only has to be there.
  if (formatOf(file) === null) return true;
  const verdict = verdicts.get(file);
  return verdict !== undefined && verdict.kind !== 'unproven' && verdict.kind !== 'defect';
}

/** All defects, worst first. A file has one at most. */
function defectsOf({ step, current, verdicts }: Evidence): readonly Defect[] {
  const listed = new Map(current.entries.map((entry) => [entry.name, entry]));
  const defects: Defect[] = [];
  if (listed.has(INCOMPLETE_MARKER)) defects.push({ kind: 'marked-incomplete', file: INCOMPLETE_MARKER });
  for (const file of requirementsOf(current, verdicts).files) {
    if (!listed.has(file)) defects.push({ kind: 'file-missing', file });
  }
  for (const { name, kind, sizeBytes } of current.entries) {
    if (kind === 'file' && sizeBytes === 0 && formatOf(name) !== null)
      defects.push({ kind: 'file-empty', file: name });
  }
  for (const [file, verdict] of verdicts) {
    if (!listed.has(file)) continue;
    if (verdict.kind === 'defect') defects.push(verdict.defect);
    if (verdict.kind === 'trainer-state' && verdict.state.globalStep !== step) {
      defects.push({ kind: 'wrong-step', file, step: verdict.state.globalStep });
    }
  }
  return defects.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const RANK = {
  'marked-incomplete': 0,
  'file-missing': 1,
  'file-empty': 2,
  'file-cut-short': 3,
  'not-json': 4,
  'wrong-step': 5,
  unreadable: 6,
} as const satisfies Record<Defect['kind'], number>;

const rankOf = (defect: Defect): number => RANK[defect.kind];
