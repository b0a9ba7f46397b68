import * as v from 'valibot';
import { checkpointSchema, type TrainerState } from '../checkpoint/checkpoint.ts';
import { secondsPerStep } from './pace.ts';
import { packageVersionsSchema, type PackageVersions } from '../recovery/package-versions.ts';
import { beginResumption, proofOf, resumptionSchema } from './resumption.ts';
import { expectSkipping } from './skipping.ts';
import { lossEntries } from '../recovery/diagnosis.ts';

/**
 * One training run: one execution of one training cell, and everything that was seen of it. Plain data that is kept in
 * the browser's storage; times are milliseconds since the epoch by the browser's clock unless a field says otherwise.
 *
 * ```text
 *                     ┌────────────── progress, saves, looks ─────────────┐
 *                     ▼                                                   │
 *   cell starts ──► training ── cell ends well ──────────────► finished   │
 *                     │  └───── cell ends with an error ─────► stopped    │
 *                     │                                          │        │
 *                     └── kernel died, restarted, shut down ──► lost      │
 *                                                               │         │
 *                     a new run (resumedFrom = step) ◄── resume cell runs ┘
 * ```
 */
const time = v.number();
const maybe = v.nullable(v.number());

export const sightingSchema = v.object({ step: v.number(), total: maybe, at: time });
export type Sighting = v.InferOutput<typeof sightingSchema>;

export const runPhaseSchema = v.variant('kind', [
  v.object({ kind: v.literal('training') }),
  v.object({
    kind: v.literal('finished'),
    at: time,
    /** Where machines are lent: whether the one that ran it is still the notebook's. */
    machine: v.optional(v.picklist(['same', 'replaced']), 'same'),
  }),
  v.object({
    kind: v.literal('stopped'),
    at: time,
    reason: v.variant('kind', [
      v.object({ kind: v.literal('interrupted') }),
      v.object({ kind: v.literal('error'), name: v.string(), message: v.string() }),
    ]),
  }),
  v.object({
    kind: v.literal('lost'),
    at: time,
    ...lossEntries,
    kernel: v.picklist(['away', 'back']),
    /** A checkpoint that has appeared since: something still writes. See `growth.ts`. */
    grew: v.optional(v.string()),
  }),
]);
export type RunPhase = v.InferOutput<typeof runPhaseSchema>;

/** What the source says about saving; `null` where it could not be followed. */
export const runPlanSchema = v.object({
  maxSteps: maybe,
  /** A fraction below 1 is a share of the run, as Transformers reads it. */
  saveSteps: maybe,
  saveStrategy: v.nullable(v.string()),
  /** `null`: keep all, `undefined` is not used; -1: could not be followed. */
  saveTotalLimit: maybe,
});
export type RunPlan = v.InferOutput<typeof runPlanSchema>;

export const UNKNOWN_LIMIT = -1;

/** Where the checkpoints lie. `asWritten` is the path as the kernel sees it; `onServer` is relative to the server's root. */
export const outputFolderSchema = v.variant('kind', [
  v.object({ kind: v.literal('unknown') }),
  v.object({
    kind: v.literal('outside-server'),
    asWritten: v.string(),
    from: v.picklist(['source', 'log', 'user']),
  }),
  v.object({
    kind: v.literal('known'),
    asWritten: v.string(),
    onServer: v.string(),
    from: v.picklist(['source', 'log', 'user']),
    seen: v.boolean(),
  }),
]);
export type OutputFolder = v.InferOutput<typeof outputFolderSchema>;

/** A checkpoint folder as it was last seen, kept also after it was rotated away. */
export const seenCheckpointSchema = v.object({
  ...checkpointSchema.entries,
  origin: v.picklist(['this-run', 'earlier']),
  gone: v.boolean(),
});
export type SeenCheckpoint = v.InferOutput<typeof seenCheckpointSchema>;

export const runSchema = v.object({
  id: v.string(),
  kernelId: v.string(),
  executionId: v.string(),
  cellId: v.nullable(v.string()),
  source: v.string(),
  startedAt: time,
  phase: runPhaseSchema,
  plan: runPlanSchema,
  /** How its script takes a checkpoint, as read when the run began; `null` for a cell that trains by itself. */
  script: v.optional(v.nullable(v.picklist(['takes-path', 'no-way', 'not-read'])), null),
  sightings: v.object({
    table: v.nullable(sightingSchema),
    bar: v.nullable(sightingSchema),
    log: v.nullable(sightingSchema),
  }),
  /** Printed by a progress bar or table; used until enough steps were timed here. */
  printedStepsPerSecond: maybe,
  /** Steps with the moment they were seen, oldest first, thinned out. */
  timings: v.array(v.object({ step: v.number(), at: time })),
  loss: v.nullable(v.object({ value: v.number(), at: time })),
  announced: v.object({
    saved: v.array(v.string()),
    deleted: v.array(v.string()),
    /** When the newest of them was heard. */
    at: v.optional(maybe, null),
  }),
  folder: outputFolderSchema,
  /** Names and times of checkpoints that lay there before the run began; `null` until the first look. */
  baseline: v.nullable(v.record(v.string(), v.nullable(v.number()))),
  lookedAt: maybe,
  checkpoints: v.array(seenCheckpointSchema),
  /** Versions of its packages, as far as the outputs of its kernel's cells showed them. */
  packages: v.optional(packageVersionsSchema, {}),
  /** Those of the run that wrote what this one went on from; `null` for a run from the beginning. */
  packagesBefore: v.optional(v.nullable(packageVersionsSchema), null),
  /** Step of the checkpoint from which this run went on, `null` for a run from the beginning. */
  resumedFrom: maybe,
  /** Whether it really goes on from there. */
  resumption: v.optional(v.nullable(resumptionSchema), null),
});
export type Run = v.InferOutput<typeof runSchema>;

export interface NewRun {
  readonly id: string;
  readonly kernelId: string;
  readonly executionId: string;
  readonly cellId: string | null;
  readonly source: string;
  readonly startedAt: number;
  readonly plan: RunPlan;
  readonly folder: OutputFolder;
  /** Absent where no script trains. */
  readonly script?: Run['script'];
  /** Absent where none was seen. */
  readonly packages?: PackageVersions;
}

/** A run that has just begun. */
export const beginRun = (start: NewRun): Run => ({
  ...start,
  script: start.script ?? null,
  packages: start.packages ?? {},
  packagesBefore: null,
  phase: { kind: 'training' },
  sightings: { table: null, bar: null, log: null },
  printedStepsPerSecond: null,
  timings: [],
  loss: null,
  announced: { saved: [], deleted: [], at: null },
  baseline: null,
  lookedAt: null,
  checkpoints: [],
  resumedFrom: null,
  resumption: null,
});

/**
 * A run that goes on where a lost one stopped: it keeps what is known of the folder and its checkpoints.
 *
 * @param skipsData `false`: the source says `ignore_data_skip=True`, so it passes over nothing.
 */
export const continueRun = (start: NewRun, lost: Run, fromStep: number, skipsData = true): Run => ({
  ...beginRun({ ...start, plan: mergePlans(start.plan, lost.plan), folder: lost.folder }),
  baseline: lost.baseline,
  lookedAt: lost.lookedAt,
  checkpoints: lost.checkpoints,
  resumedFrom: fromStep,
  packagesBefore: packagesOfWriter(lost),
  resumption: beginResumption(
    fromStep,
    stateAt(lost, fromStep)?.lastLoss?.loss ?? null,
    skipsData ? expectSkipping(stateAt(lost, fromStep), secondsPerStep(lost)) : null,
  ),
});

/** A run that never came to a step of its own wrote nothing. */
const packagesOfWriter = ({ resumption, packages, packagesBefore }: Run): PackageVersions =>
  resumption === null || proofOf(resumption).kind === 'continues' ? packages : (packagesBefore ?? packages);

/** As its own file tells, which was written with the checkpoint. */
const stateAt = ({ checkpoints }: Run, step: number): TrainerState | null =>
  checkpoints.find((checkpoint) => checkpoint.step === step)?.trainerState ?? null;

const mergePlans = (fresh: RunPlan, before: RunPlan): RunPlan => ({
  maxSteps: fresh.maxSteps ?? before.maxSteps,
  saveSteps: fresh.saveSteps ?? before.saveSteps,
  saveStrategy: fresh.saveStrategy ?? before.saveStrategy,
  saveTotalLimit: fresh.saveTotalLimit === UNKNOWN_LIMIT ? before.saveTotalLimit : fresh.saveTotalLimit,
});
