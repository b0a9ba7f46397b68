import * as v from 'valibot';
import { checkpointSchema, type Checkpoint, type TrainerState } from '../checkpoint/checkpoint.ts';
import { reachOf, type Unit } from '../checkpoint/epochs.ts';
import { frameworkSchema, type Framework } from '../framework.ts';
import { secondsPerStep } from './pace.ts';
import { packageVersionsSchema, type PackageVersions } from '../recovery/package-versions.ts';
import { beginResumption, proofOf, resumptionSchema } from './resumption.ts';
import { expectSkipping } from './skipping.ts';
import { lossEntries } from '../recovery/diagnosis.ts';
import { givenArgumentSchema, type GivenArgument } from '../source/given-argument.ts';
import { unitOf } from './unit.ts';

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
  /** Where the length of the run is given in epochs; `null` or absent where it is not, or could not be followed. */
  maxEpochs: v.optional(maybe),
  /** A fraction below 1 is a share of the run, as Transformers reads it. */
  saveSteps: maybe,
  saveStrategy: v.nullable(v.string()),
  /** `null`: keep all, `undefined` is not used; -1: could not be followed. */
  saveTotalLimit: maybe,
  /** What the Trainer evaluates, which decides over what stays; absent or `null` where the code does not tell. */
  evaluation: v.optional(
    v.nullable(
      v.object({
        strategy: v.nullable(v.string()),
        /** A fraction below 1 is a share of the run. */
        steps: maybe,
        loadsBest: v.nullable(v.boolean()),
        /** `metric_for_best_model` is given: the best is looked for though it is not loaded. */
        hasMetric: v.boolean(),
        /** It stands there as `evaluation_strategy`. */
        oldName: v.boolean(),
      }),
    ),
  ),
  /** Nothing is saved because nothing was said about it, by the default of the class (Unsloth). */
  isSilent: v.optional(v.boolean()),
});
export type RunPlan = v.InferOutput<typeof runPlanSchema>;

export const UNKNOWN_LIMIT = -1;

/** Where the checkpoints lie. `asWritten` is the path as the kernel sees it; `onServer` is relative to the server's root. */
const folderSourceSchema = v.picklist(['source', 'log', 'user', 'growth']);
/** Who told of it. `growth`: nobody; checkpoints began to appear there while the run trained. */
export type FolderSource = v.InferOutput<typeof folderSourceSchema>;

export const outputFolderSchema = v.variant('kind', [
  v.object({ kind: v.literal('unknown') }),
  v.object({
    kind: v.literal('outside-server'),
    asWritten: v.string(),
    from: folderSourceSchema,
  }),
  v.object({
    kind: v.literal('known'),
    asWritten: v.string(),
    onServer: v.string(),
    from: folderSourceSchema,
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

/** A loss with the step at which it was logged, as the output told it. */
const heardLossSchema = v.object({
  of: v.picklist(['loss', 'evalLoss']),
  step: v.number(),
  value: v.number(),
});
export type HeardLoss = v.InferOutput<typeof heardLossSchema>;

export const runSchema = v.object({
  id: v.string(),
  kernelId: v.string(),
  executionId: v.string(),
  cellId: v.nullable(v.string()),
  source: v.string(),
  /** What trains, as the source tells; `null` where it does not. */
  framework: v.optional(v.nullable(frameworkSchema), null),
  startedAt: time,
  phase: runPhaseSchema,
  plan: runPlanSchema,
  /** How its script takes a checkpoint, as read when the run began; `null` for a cell that trains by itself. */
  script: v.optional(v.nullable(v.picklist(['takes-path', 'no-way', 'not-read'])), null),
  /** All that its code gives to the training by name. */
  given: v.optional(v.pipe(v.array(givenArgumentSchema), v.readonly()), []),
  sightings: v.object({
    table: v.nullable(sightingSchema),
    bar: v.nullable(sightingSchema),
    log: v.nullable(sightingSchema),
    /** Epochs counted from 1, the one that was running; `total` is of epochs, too. */
    epoch: v.optional(v.nullable(sightingSchema), null),
    /** What `log` is where a loop of the user's own counts without a total: see `progress.ts`. */
    ownCount: v.optional(v.picklist(['untold', 'rises', 'begins-anew']), 'untold'),
  }),
  /** Printed by a progress bar or table; used until enough steps were timed here. */
  printedStepsPerSecond: maybe,
  /** Steps with the moment they were seen, oldest first, thinned out. */
  timings: v.array(v.object({ step: v.number(), at: time })),
  loss: v.nullable(v.object({ value: v.number(), at: time })),
  /** Losses in the last output that told any, in its order. */
  lossesHeard: v.optional(v.pipe(v.array(heardLossSchema), v.readonly()), []),
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
  /**
   * How far the run was at the checkpoint from which it went on, in its unit (`unitOf`); `null` for a run from the beginning,
   * and where the checkpoint did not tell: then `resumedFromName` has its name.
   */
  resumedFrom: maybe,
  resumedFromName: v.optional(v.nullable(v.string()), null),
  /** The run that was lost there, by its id. */
  resumedFromRun: v.optional(v.nullable(v.string()), null),
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
  /** What trains, as the source tells; `null` or absent where it does not. */
  readonly framework?: Framework | null;
  readonly startedAt: number;
  readonly plan: RunPlan;
  readonly folder: OutputFolder;
  /** Absent where no script trains. */
  readonly script?: Run['script'];
  /** Absent where nothing could be read. */
  readonly given?: readonly GivenArgument[];
  /** Absent where none was seen. */
  readonly packages?: PackageVersions;
}

/** A run that has just begun. */
export const beginRun = (start: NewRun): Run => ({
  ...start,
  framework: start.framework ?? null,
  script: start.script ?? null,
  given: start.given ?? [],
  packages: start.packages ?? {},
  packagesBefore: null,
  phase: { kind: 'training' },
  sightings: { table: null, bar: null, log: null, epoch: null, ownCount: 'untold' },
  printedStepsPerSecond: null,
  timings: [],
  loss: null,
  lossesHeard: [],
  announced: { saved: [], deleted: [], at: null },
  baseline: null,
  lookedAt: null,
  checkpoints: [],
  resumedFrom: null,
  resumedFromName: null,
  resumedFromRun: null,
  resumption: null,
});

/** The checkpoint a run goes on from. */
export type WentOnFrom = Pick<Checkpoint, 'name' | 'framework' | 'step' | 'epoch'>;

/**
 * A run that goes on where a lost one stopped: it keeps what is known of the folder and its checkpoints.
 *
 * @param skipsData `false`: the source says `ignore_data_skip=True`, so it passes over nothing.
 */
export const continueRun = (start: NewRun, lost: Run, from: WentOnFrom, skipsData = true): Run => {
  const unit = unitOf(lost);
  const reach = reachOf(from, unit);
  return {
    ...beginRun({ ...start, plan: mergePlans(start.plan, lost.plan), folder: lost.folder }),
    framework: start.framework ?? lost.framework,
    given: (start.given ?? []).length > 0 ? (start.given ?? []) : lost.given,
    baseline: lost.baseline,
    lookedAt: lost.lookedAt,
    checkpoints: lost.checkpoints,
    resumedFrom: reach,
    resumedFromName: from.name,
    resumedFromRun: lost.id,
    packagesBefore: packagesOfWriter(lost),
    resumption: reach === null ? null : resumptionOf(lost, from.name, reach, unit, skipsData),
  };
};

/** Only for a checkpoint with a number: without one nobody can tell from its steps whether a run goes on. */
const resumptionOf = (
  lost: Run,
  name: string,
  reach: number,
  unit: Unit,
  skipsData: boolean,
): Run['resumption'] => {
  const state = stateOf(lost, name);
  const skipping = skipsData && unit === 'steps' ? expectSkipping(state, secondsPerStep(lost)) : null;
  return beginResumption(reach, state?.lastLoss?.loss ?? null, skipping, unit);
};

/** A run that never came to a step of its own wrote nothing. */
const packagesOfWriter = ({ resumption, packages, packagesBefore }: Run): PackageVersions =>
  resumption === null || proofOf(resumption).kind === 'continues' ? packages : (packagesBefore ?? packages);

/** As its own file tells, which was written with the checkpoint. */
const stateOf = ({ checkpoints }: Run, name: string): TrainerState | null =>
  checkpoints.find((checkpoint) => checkpoint.name === name)?.trainerState ?? null;

const mergePlans = (fresh: RunPlan, before: RunPlan): RunPlan => ({
  maxSteps: fresh.maxSteps ?? before.maxSteps,
  maxEpochs: fresh.maxEpochs ?? before.maxEpochs ?? null,
  saveSteps: fresh.saveSteps ?? before.saveSteps,
  saveStrategy: fresh.saveStrategy ?? before.saveStrategy,
  saveTotalLimit: fresh.saveTotalLimit === UNKNOWN_LIMIT ? before.saveTotalLimit : fresh.saveTotalLimit,
  evaluation: fresh.evaluation ?? before.evaluation ?? null,
  isSilent: (fresh.saveStrategy === null ? before.isSilent : fresh.isSilent) ?? false,
});
