import * as v from 'valibot';
import { type Result, fail, ok } from '../result.ts';

export const REACHABLE = ['transformers', 'lightning', 'keras', 'accelerate', 'pytorch'] as const;
const framework = v.picklist(REACHABLE);

/** Why nothing is saved. Each has one sentence for the user. */
export const refusalCodeSchema = v.picklist([
  /** The kernel waits, or what its cell does is no training that we know. */
  'nothing-trains',
  /** Several processes train together; one of them alone must not stop at a checkpoint. */
  'distributed',
  /** A process that this kernel started trains. */
  'other-process',
  /** A loop of the user's own has no way to end that we could take. */
  'cannot-stop',
]);
export const failureCodeSchema = v.picklist([
  'disk-full',
  /** PyTorch could not write the file to its end, and does not say why: a full disk most often. */
  'not-written',
  /** Stopped by the user in the middle of the save. */
  'interrupted',
  /** The training was over before a step could be saved. */
  'training-ended',
  'taken-back',
  /** A PyTorch without hooks after a step (before 2.0). */
  'too-old',
  /** No model owns what the optimizer moves. */
  'no-model',
  /** What the framework raised, with its text. */
  'raised',
]);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(4096));
const refused = v.object({ kind: v.literal('refused'), code: refusalCodeSchema, message: text });
const saved = v.object({
  kind: v.literal('saved'),
  framework,
  /** On the kernel's machine, absolute. */
  path: text,
  step: count,
  bytes: count,
  /** From the wish to the whole checkpoint. */
  ms: count,
});
const ends = [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('pending'), framework }),
  saved,
  v.object({ kind: v.literal('failed'), framework, code: failureCodeSchema, message: text }),
] as const;
const end = v.variant('kind', [...ends]);
const names = v.record(v.string(), v.array(text));

const stateSchema = v.object({
  trains: v.variant('kind', [v.object({ kind: v.literal('trains'), framework }), refused]),
  /** The newest wish for one checkpoint. */
  once: end,
  /** The newest of those that come every so many steps. */
  every: end,
  everySteps: v.nullable(v.pipe(count, v.minValue(1))),
  /** The names of the user's code under which a plain loop's states lie in the file, by kind. */
  names: v.nullable(names),
  /** What the wish itself came to. */
  answer: v.optional(v.variant('kind', [...ends, refused])),
});

export type ReachEnd = v.InferOutput<typeof end>;
export type ReachState = v.InferOutput<typeof stateSchema>;

export type ReachTrouble =
  | { readonly kind: 'raised'; readonly name: string; readonly message: string }
  | { readonly kind: 'not-understood' };

const raisedSchema = v.object({ raised: v.object({ name: text, message: text }) });

/** Reads what the kernel said, as the hostile text that it is. */
export function readReachAnswer(said: string): Result<ReachState, ReachTrouble> {
  const value = parse(said);
  const raised = v.safeParse(raisedSchema, value);
  if (raised.success) return fail({ kind: 'raised', ...raised.output.raised });
  const state = v.safeParse(stateSchema, value);
  return state.success ? ok(state.output) : fail({ kind: 'not-understood' });
}

function parse(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
