import * as v from 'valibot';
import { failureCodeSchema, refusalCodeSchema, type ReachState } from './reach-answer.ts';
import type { ReachWish } from './reach-wish.ts';

/**
 * What the user asked of a run that is going on, and what became of it.
 *
 * ```text
 *   none ── first click ──► consent ── yes ──► asking ── understood ──► pending ── at a step's end ──► saved
 *    ▲                        │ no               │ no answer,             │ it raised, no room,
 *    └────────────────────────┘                  ▼ refused                ▼ the training ended
 *                                              failed ◄───────────────────┘        any end ── next click ──► asking
 * ```
 */
const wishSchema = v.variant('kind', [
  /** `stop`: the training then ends as if it had come to its end. */
  v.object({ kind: v.literal('once'), stop: v.boolean() }),
  v.object({ kind: v.literal('every'), steps: v.number() }),
]);
export type SaveWish = v.InferOutput<typeof wishSchema>;

const doorCodeSchema = v.picklist([
  'no-door',
  'kernel-gone',
  /** The page shows a kernel at work and does not tell which it is. */
  'kernel-unnamed',
  'not-allowed',
  /** The server answers, but takes no socket to the kernel. */
  'no-socket',
  'no-answer',
  /** Whether the wish arrived is not known. */
  'timeout',
  'not-understood',
]);
const troubleCodeSchema = v.union([refusalCodeSchema, failureCodeSchema, doorCodeSchema]);
export type SaveTrouble = v.InferOutput<typeof troubleCodeSchema>;
export type DoorTrouble = v.InferOutput<typeof doorCodeSchema>;

const time = v.number();

const savePhaseSchema = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  /** The user is shown what runs, once for each notebook. */
  v.object({ kind: v.literal('consent'), wish: wishSchema }),
  v.object({ kind: v.literal('asking'), wish: wishSchema, since: time }),
  v.object({ kind: v.literal('pending'), wish: wishSchema, since: time }),
  v.object({
    kind: v.literal('saved'),
    stop: v.boolean(),
    /** On the kernel's machine. */
    path: v.string(),
    step: v.number(),
    sizeBytes: v.number(),
    /** From the wish to the whole checkpoint. */
    tookMs: v.number(),
    at: time,
  }),
  v.object({ kind: v.literal('failed'), code: troubleCodeSchema, message: v.string(), at: time }),
]);
export type SavePhase = v.InferOutput<typeof savePhaseSchema>;

export const askedSavesSchema = v.object({
  agreed: v.boolean(),
  /** The run that all below is about. */
  runId: v.nullable(v.string()),
  phase: savePhaseSchema,
  /** A save every so many steps, counted from that step. */
  every: v.nullable(v.object({ steps: v.number(), from: v.nullable(v.number()) })),
  /** Names of the checkpoints that were made for a click, newest last. */
  made: v.array(v.string()),
  /** By which names a plain loop's states lie in its file. */
  names: v.nullable(v.record(v.string(), v.array(v.string()))),
});
export type AskedSaves = v.InferOutput<typeof askedSavesSchema>;

export const NOTHING_ASKED: AskedSaves = {
  agreed: false,
  runId: null,
  phase: { kind: 'none' },
  every: null,
  made: [],
  names: null,
};

const MOST_MADE = 100;

/** As it stands for a run: what an earlier one was asked for is over; the user's yes and the code's names are not. */
export const ofRun = (saves: AskedSaves, runId: string): AskedSaves =>
  saves.runId === runId ? saves : { ...NOTHING_ASKED, agreed: saves.agreed, names: saves.names, runId };

/** A click. Without the user's yes to what runs nothing is asked yet. */
export const wished = (saves: AskedSaves, wish: SaveWish, at: number): AskedSaves => ({
  ...saves,
  phase: saves.agreed ? { kind: 'asking', wish, since: at } : { kind: 'consent', wish },
});

/** The user's answer to what was shown. */
export const answered = (saves: AskedSaves, yes: boolean, at: number): AskedSaves => {
  if (saves.phase.kind !== 'consent') return saves;
  return yes
    ? { ...saves, agreed: true, phase: { kind: 'asking', wish: saves.phase.wish, since: at } }
    : { ...saves, phase: { kind: 'none' } };
};

/** The wish as the kernel is told. */
export const reachWish = (wish: SaveWish, folder: string | null): ReachWish => {
  const place = folder === null ? {} : { folder };
  return wish.kind === 'every'
    ? { do: 'every', every: wish.steps, ...place }
    : { do: 'save', ...(wish.stop ? { stop: true } : {}), ...place };
};

/** Whether something is awaited, so that the kernel is asked again. */
export const isAwaited = ({ phase }: AskedSaves): boolean =>
  phase.kind === 'asking' || phase.kind === 'pending';

/** @param step Where the run was when it was asked; `null` where that is not known. */
export const tookAnswer = (
  saves: AskedSaves,
  state: ReachState,
  step: number | null,
  at: number,
): AskedSaves => {
  const { phase } = saves;
  const names = state.names ?? saves.names;
  const known = { ...saves, names, every: everyOf(saves, state, step) };
  if (phase.kind !== 'asking' && phase.kind !== 'pending') return known;
  const { answer } = state;
  if (answer?.kind === 'refused') return { ...known, phase: failed(answer.code, answer.message, at) };
  // What comes every so many steps is under way with the yes of the kernel; its ends are seen in the folder.
  if (phase.wish.kind === 'every')
    return {
      ...known,
      phase: answer?.kind === 'failed' ? failed(answer.code, answer.message, at) : { kind: 'none' },
    };
  // The background ended before the kernel's answer came: what it made for an earlier wish is no answer to this one.
  if (answer === undefined && phase.kind === 'asking' && state.once.kind !== 'pending')
    return { ...known, phase: failed('timeout', '', at) };
  const end = answer ?? state.once;
  switch (end.kind) {
    case 'none':
      return { ...known, phase: failed('training-ended', '', at) };
    case 'pending':
      return { ...known, phase: { kind: 'pending', wish: phase.wish, since: phase.since } };
    case 'failed':
      return { ...known, phase: failed(end.code, end.message, at) };
    case 'saved': {
      const { path, step: savedAt, bytes, ms } = end;
      const made = [...saves.made.filter((name) => name !== nameOf(path)), nameOf(path)].slice(-MOST_MADE);
      return {
        ...known,
        made,
        phase: {
          kind: 'saved',
          stop: phase.wish.stop,
          path,
          step: savedAt,
          sizeBytes: bytes,
          tookMs: ms,
          at,
        },
      };
    }
    default:
      return end satisfies never;
  }
};

/** The kernel could not be asked. */
export const notHeard = (saves: AskedSaves, code: SaveTrouble, message: string, at: number): AskedSaves =>
  isAwaited(saves) ? { ...saves, phase: failed(code, message, at) } : saves;

/** The step of the next save that was asked for, after `step`; `null` where none is. */
export const nextAskedSave = ({ every }: AskedSaves, step: number | null): number | null => {
  if (every === null || every.from === null) return null;
  const passed = Math.max(0, (step ?? every.from) - every.from);
  return every.from + (Math.floor(passed / every.steps) + 1) * every.steps;
};

const everyOf = (saves: AskedSaves, { everySteps }: ReachState, step: number | null): AskedSaves['every'] => {
  if (everySteps === null) return null;
  return saves.every?.steps === everySteps ? saves.every : { steps: everySteps, from: step };
};

const failed = (code: SaveTrouble, message: string, at: number): SavePhase => ({
  kind: 'failed',
  code,
  message,
  at,
});

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;
