import * as v from 'valibot';
import type { Unit } from '../checkpoint/epochs.ts';
import { skippingSchema, type Skipping } from './skipping.ts';

/**
 * Whether a run that was to go on really did. A cell that resumes can run without an error and train from the beginning all
 * the same (a script that declares its option and does not use it, a trainer that finds another folder): its first steps tell.
 *
 * ```text
 *   waiting ──► a step after the checkpoint's ──► continues
 *      └──────► two steps up to the checkpoint's ──► from-zero
 * ```
 *
 * The first word counts: a run that began anew passes the checkpoint's step some day, too.
 */
export const resumptionSchema = v.object({
  /** How far the checkpoint was, in `unit`. */
  fromStep: v.number(),
  unit: v.optional(v.picklist(['steps', 'epochs']), 'steps'),
  /** Training loss as last logged at or before that step; `null` where no file told. */
  lossBefore: v.nullable(v.number()),
  /** Steps seen that the run should have behind it. */
  early: v.array(v.number()),
  /** First step after the checkpoint's, and the first loss seen from then on. */
  step: v.nullable(v.number()),
  loss: v.nullable(v.number()),
  /** What it passes over before its first new step. */
  skipping: v.optional(v.nullable(skippingSchema), null),
});
export type Resumption = v.InferOutput<typeof resumptionSchema>;

export const beginResumption = (
  fromStep: number,
  lossBefore: number | null,
  skipping: Skipping | null = null,
  unit: Unit = 'steps',
): Resumption => ({
  fromStep,
  unit,
  lossBefore,
  early: [],
  step: null,
  loss: null,
  skipping,
});

/** As many early steps are no slip of a bar that belongs to something else. An epoch is printed once, and meant. */
const EARLY = { steps: 2, epochs: 1 } as const satisfies Record<Unit, number>;

/**
 * A step of this run was seen (or an epoch, counted from 1, while it ran), or a loss, or both. A bar shows 0 before the first
 * step of any run, and a run that goes on may show the very step of its checkpoint: neither tells anything. An epoch that was
 * done when the checkpoint was written does not run again.
 */
export const seeStep = (known: Resumption, step: number | null, loss: number | null): Resumption => {
  if (isFromZero(known)) return known;
  if (known.step === null && (step === null || step <= known.fromStep)) {
    const behind = known.unit === 'epochs' ? known.fromStep + 1 : known.fromStep;
    const tells = step !== null && step > 0 && step < behind && !known.early.includes(step);
    return tells ? { ...known, early: [...known.early, step] } : known;
  }
  return { ...known, step: known.step ?? step, loss: known.loss ?? loss };
};

export type ResumeProof =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'continues';
      readonly step: number;
      readonly lossBefore: number | null;
      readonly lossAfter: number | null;
    }
  | { readonly kind: 'from-zero'; readonly step: number; readonly fromStep: number };

export const proofOf = (known: Resumption): ResumeProof => {
  const { fromStep, early, step, loss, lossBefore } = known;
  if (isFromZero(known)) return { kind: 'from-zero', step: Math.max(...early), fromStep };
  return step === null ? { kind: 'waiting' } : { kind: 'continues', step, lossBefore, lossAfter: loss };
};

const isFromZero = ({ early, unit }: Resumption): boolean => early.length >= EARLY[unit];
