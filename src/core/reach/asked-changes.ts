import * as v from 'valibot';
import type { AskedSaves } from './asked-save.ts';

const at = v.number();
/** Where the run was; `null` where that was not known. */
const step = v.nullable(v.number());

/** What was changed in a run on its user's wish, while it went on. */
export const askedChangeSchema = v.variant('kind', [
  /** `stop`: the training was to end with it. */
  v.object({ kind: v.literal('saved'), step: v.number(), name: v.string(), stop: v.boolean(), at }),
  v.object({ kind: v.literal('not-saved'), step, at }),
  v.object({ kind: v.literal('taken-back'), step, at }),
  v.object({ kind: v.literal('every'), steps: v.number(), step, at }),
  v.object({ kind: v.literal('every-ended'), steps: v.number(), step, at }),
]);
export type AskedChange = v.InferOutput<typeof askedChangeSchema>;

/** A run that is asked again and again keeps the newest. */
const MOST_CHANGES = 200;

/** What an answer of the kernel has changed, in the order in which it is told. */
export const changesBetween = (
  before: Pick<AskedSaves, 'phase' | 'every'>,
  after: Pick<AskedSaves, 'phase' | 'every'>,
  where: number | null,
  when: number,
): readonly AskedChange[] => [
  ...everyChanges(before.every, after.every, where, when),
  ...phaseChanges(before.phase, after.phase, where, when),
];

/** Of one run, oldest first. */
export const askedChangesSchema = v.object({
  runId: v.nullable(v.string()),
  changes: v.pipe(v.array(askedChangeSchema), v.readonly()),
});
export type AskedChanges = v.InferOutput<typeof askedChangesSchema>;

export const NOTHING_CHANGED: AskedChanges = { runId: null, changes: [] };
const NONE: readonly AskedChange[] = [];

export const changesOf = ({ runId, changes }: AskedChanges, ofRun: string): readonly AskedChange[] =>
  runId === ofRun ? changes : NONE;

/** What was changed in an earlier run stands in its own record. */
export const withChanges = (
  known: AskedChanges,
  runId: string,
  more: readonly AskedChange[],
): AskedChanges =>
  more.length === 0 ? known : { runId, changes: [...changesOf(known, runId), ...more].slice(-MOST_CHANGES) };

const everyChanges = (
  before: AskedSaves['every'],
  after: AskedSaves['every'],
  where: number | null,
  when: number,
): readonly AskedChange[] => {
  if (before?.steps === after?.steps) return [];
  if (after !== null) return [{ kind: 'every', steps: after.steps, step: after.from, at: when }];
  return before === null ? [] : [{ kind: 'every-ended', steps: before.steps, step: where, at: when }];
};

const phaseChanges = (
  before: AskedSaves['phase'],
  after: AskedSaves['phase'],
  where: number | null,
  when: number,
): readonly AskedChange[] => {
  const wasAwaited = before.kind === 'asking' || before.kind === 'pending';
  if (!wasAwaited || before.wish.kind !== 'once') return [];
  if (after.kind === 'saved') {
    const { path, step: savedAt, stop } = after;
    return [{ kind: 'saved', step: savedAt, name: path.split(/[/\\]/).at(-1) ?? path, stop, at: when }];
  }
  // Whether it saves where no answer came is not known.
  if (after.kind !== 'failed' || after.code === 'timeout') return [];
  return [{ kind: after.code === 'taken-back' ? 'taken-back' : 'not-saved', step: where, at: when }];
};
