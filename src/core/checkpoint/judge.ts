import type { Defect, Integrity } from './checkpoint.ts';
import type { Rules } from './layouts/layout.ts';
import type { FolderListing } from './listing.ts';
import type { FileVerdict } from './proof.ts';
import { formatOf, planProofs } from './proof-plan.ts';
import type { Requirements } from './requirements.ts';
import { isSettled } from './settled.ts';

/** Written by Transformers 5 while a checkpoint is being saved on SIGTERM (`trainer_jit_checkpoint.py`), removed after. */
const INCOMPLETE_MARKER = 'checkpoint-is-incomplete.txt';

/** What the text beside the checkpoints says; `missing`: there is none, `unread`: nobody could read it yet. */
export type Pointed =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'missing' | 'unread' };

/** All that is known of one checkpoint. */
export interface Evidence {
  readonly name: string;
  /** The step in its name. */
  readonly step: number | null;
  readonly rules: Rules;
  /** What lies in its folder, or its own files. */
  readonly current: FolderListing;
  /** The listing of the look before, `null` at the first look. */
  readonly previous: FolderListing | null;
  /** What the files of `current` said; those not looked into yet are not in it. */
  readonly verdicts: ReadonlyMap<string, FileVerdict>;
  readonly pointed: Pointed;
  /** A file that says that it is still being written. */
  readonly unfinished: string | null;
}

/**
 * Whether a checkpoint can be resumed from. The order decides: what still moves is `writing`, whatever else is wrong
 * with it; what has a defect is `broken`, even if files are left to be read; what is left to be read is `unchecked`.
 */
export function judge(evidence: Evidence): Integrity {
  const { current, previous, verdicts, rules } = evidence;
  if (previous === null || !isSettled(previous, current)) return { kind: 'writing' };

  const required = rules.needs(current, verdicts);
  const [worst, ...others] = defectsOf(evidence, required);
  if (worst !== undefined) return { kind: 'broken', defects: [worst, ...others] };
  if (planProofs(current).some(({ file }) => !verdicts.has(file))) return { kind: 'unchecked' };
  const { pointer } = rules;
  if (pointer?.weight === 'needed' && evidence.pointed.kind === 'unread') return { kind: 'unchecked' };

  const unproven = [
    ...new Set([...required.opaque, ...required.files.filter((file) => !isProven(file, verdicts))]),
  ];
  return unproven.length > 0 && !isPointedAt(evidence)
    ? { kind: 'unproven', files: unproven }
    : { kind: 'complete', resumes: required.resumes };
}

const isPointedAt = ({ rules: { pointer }, pointed, name }: Evidence): boolean =>
  pointer !== null && pointed.kind === 'text' && pointer.covers(pointed.text, name);

function isProven(file: string, verdicts: ReadonlyMap<string, FileVerdict>): boolean {
  // A file without a format of its own (DeepSpeed's `latest`) only has to be there.
  if (formatOf(file) === null) return true;
  const verdict = verdicts.get(file);
  return verdict !== undefined && verdict.kind !== 'unproven' && verdict.kind !== 'defect';
}

/** All defects, worst first. A file has one at most. */
function defectsOf(evidence: Evidence, required: Requirements): readonly Defect[] {
  const { step, current, verdicts, unfinished } = evidence;
  const listed = new Map(current.entries.map((entry) => [entry.name, entry]));
  const defects: Defect[] = [...pointerDefects(evidence)];
  if (unfinished !== null) defects.push({ kind: 'marked-incomplete', file: unfinished });
  if (listed.has(INCOMPLETE_MARKER)) defects.push({ kind: 'marked-incomplete', file: INCOMPLETE_MARKER });
  for (const file of required.files) {
    if (!listed.has(file)) defects.push({ kind: 'file-missing', file });
  }
  for (const { name, kind, sizeBytes } of current.entries) {
    if (kind === 'file' && sizeBytes === 0 && mustHoldSomething(name, required))
      defects.push({ kind: 'file-empty', file: name });
  }
  for (const [file, verdict] of verdicts) {
    if (!listed.has(file)) continue;
    if (verdict.kind === 'defect') defects.push(verdict.defect);
    if (verdict.kind === 'trainer-state' && step !== null && verdict.state.globalStep !== step) {
      defects.push({ kind: 'wrong-step', file, step: verdict.state.globalStep });
    }
  }
  return defects.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const mustHoldSomething = (name: string, { files, opaque }: Requirements): boolean =>
  formatOf(name) !== null || files.includes(name) || opaque.includes(name);

/** What is named only when it is done, and is not named, was not done. */
function pointerDefects(evidence: Evidence): readonly Defect[] {
  const { pointer } = evidence.rules;
  if (pointer?.weight !== 'needed' || evidence.pointed.kind === 'unread') return [];
  if (evidence.pointed.kind === 'missing') return [{ kind: 'file-missing', file: pointer.file }];
  return isPointedAt(evidence) ? [] : [{ kind: 'not-announced', file: pointer.file }];
}

const RANK = {
  'marked-incomplete': 0,
  'not-announced': 1,
  'file-missing': 2,
  'file-empty': 3,
  'file-cut-short': 4,
  'not-json': 5,
  'wrong-step': 6,
  unreadable: 7,
} as const satisfies Record<Defect['kind'], number>;

const rankOf = (defect: Defect): number => RANK[defect.kind];
