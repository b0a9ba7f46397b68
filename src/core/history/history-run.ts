import * as v from 'valibot';
import { checkpointFormSchema, integritySchema, metricSchema } from '../checkpoint/checkpoint.ts';
import { frameworkSchema } from '../framework.ts';
import { askedChangeSchema } from '../reach/asked-changes.ts';
import { runPhaseSchema } from '../run/run.ts';
import { givenArgumentSchema } from '../source/given-argument.ts';

const time = v.number();
const maybe = v.nullable(v.number());
const text = v.string();

const historyCheckpointSchema = v.object({
  name: text,
  form: checkpointFormSchema,
  /** How far it reaches, in the run's unit. */
  step: maybe,
  sizeBytes: maybe,
  integrity: integritySchema,
  /** Logged at its own step. */
  loss: maybe,
  evalLoss: maybe,
  /** What the evaluation at its step measured beside the loss; absent in records from before that was kept. */
  metrics: v.optional(v.pipe(v.array(metricSchema), v.readonly())),
  isBest: v.boolean(),
  origin: v.picklist(['this-run', 'earlier']),
  /** It was on the machine when that was looked at last, or not any more. */
  gone: v.boolean(),
  /** Its copy in this browser, as of then. */
  copyId: v.nullable(text),
});
export type HistoryCheckpoint = Readonly<v.InferOutput<typeof historyCheckpointSchema>>;

/**
 * One run as this browser remembers it, long after its notebook is closed. Plain data, without its curves, which are kept
 * beside it; times are milliseconds since the epoch by the browser's clock.
 */
export const historyRunSchema = v.object({
  format: v.literal(1),
  id: text,
  notebookId: text,
  notebookName: text,
  framework: v.nullable(frameworkSchema),
  unit: v.picklist(['steps', 'epochs']),
  startedAt: time,
  /** How it stands, or how it ended and when. */
  phase: runPhaseSchema,
  /** When it was written down last. */
  seenAt: time,
  step: maybe,
  total: maybe,
  safeName: v.nullable(text),
  safeStep: maybe,
  stepsAtRisk: maybe,
  nextSave: maybe,
  /** The training loss that was seen last. */
  loss: maybe,
  /** What the code gives to the training, as far as it could be followed. */
  given: v.pipe(v.array(givenArgumentSchema), v.readonly()),
  /** What it went on from; `runId` is `null` where that run is not known. */
  before: v.nullable(v.object({ runId: v.nullable(text), step: maybe, name: v.nullable(text) })),
  checkpoints: v.pipe(v.array(historyCheckpointSchema), v.readonly()),
  /** What was changed in it on its user's wish, oldest first; absent in records from before that was kept. */
  asked: v.optional(v.pipe(v.array(askedChangeSchema), v.readonly())),
});
export type HistoryRun = Readonly<v.InferOutput<typeof historyRunSchema>>;

/** When it ended; `null` while it trains as far as anybody knows. */
export const endOf = ({ phase }: Pick<HistoryRun, 'phase'>): number | null =>
  phase.kind === 'training' ? null : phase.at;

/** The checkpoints that it wrote itself: neither what lay there before, nor those of the run that it went on from. */
export const ownCheckpoints = ({
  checkpoints,
  before,
}: Pick<HistoryRun, 'checkpoints' | 'before'>): readonly HistoryCheckpoint[] =>
  checkpoints.filter(
    ({ origin, step }) =>
      origin === 'this-run' &&
      (before === null || before.step === null || step === null || step > before.step),
  );
