import { epochFromOne, reachOf, type Unit } from '../checkpoint/epochs.ts';
import { newestOf } from '../checkpoint/newer.ts';
import type { LogEvent } from '../log/log-event.ts';
import { TIMING_INTERVAL_MS } from './pace.ts';
import { proofOf, seeStep } from './resumption.ts';
import type { HeardLoss, Run, SeenCheckpoint, Sighting } from './run.ts';
import { frameworkOf, hasStepBars, unitOf } from './unit.ts';
import { seeSkipping } from './skipping.ts';

/** Kept per list of announcements, newest last. */
const MAX_ANNOUNCED = 200;
const MAX_TIMINGS = 40;
/** Losses of one output that are passed on. */
const MAX_LOSSES = 50;

export interface TableRow {
  readonly step: number;
  readonly total: number;
  readonly stepsPerSecond: number | null;
  readonly loss: number | null;
  readonly losses?: readonly HeardLoss[];
}

/** What the output of the training cell said. Only a run that trains listens. */
export const hearOutput = (
  run: Run,
  events: readonly LogEvent[],
  table: TableRow | null,
  at: number,
): Run => {
  if (run.phase.kind !== 'training') return run;
  const withTable = table === null ? run : hearTable(run, table, at);
  const losses: HeardLoss[] = [...(table?.losses ?? [])];
  const heard = events.reduce((known, event) => {
    const next = hearEvent(known, event, at);
    losses.push(...lossOf(next, event));
    return next;
  }, withTable);
  return proven(losses.length === 0 ? heard : { ...heard, lossesHeard: losses.slice(-MAX_LOSSES) }, at);
};

/** A line that logs a loss without its step (`{'loss': …}`) is printed at the step where the run stands. */
const lossOf = (run: Run, { kind, step, loss }: LogEvent): readonly HeardLoss[] => {
  if (kind !== 'progress' || loss === undefined || !Number.isFinite(loss)) return [];
  const at = step ?? printedPosition(run)?.step ?? null;
  return at === null ? [] : [{ of: 'loss', step: at, value: loss }];
};

/** What was just heard tells whether a run that was to go on does. */
const proven = (run: Run, at: number): Run => {
  if (run.resumption === null) return run;
  const loss = run.loss !== null && run.loss.at === at ? run.loss.value : null;
  return { ...run, resumption: seeStep(run.resumption, printedPosition(run)?.step ?? null, loss) };
};

const hearTable = (run: Run, table: TableRow, at: number): Run => ({
  ...timed(run, table.step, at),
  sightings: { ...run.sightings, table: { step: table.step, total: table.total, at } },
  printedStepsPerSecond: table.stepsPerSecond ?? run.printedStepsPerSecond,
  loss: table.loss === null ? run.loss : { value: table.loss, at },
});

const hearEvent = (run: Run, event: LogEvent, at: number): Run => {
  switch (event.kind) {
    case 'progress':
      return hearProgress(run, event, at);
    case 'saved':
      return withAnnouncement(
        withEpoch(withLogStep(run, event.step, event.total, at), event, at),
        'saved',
        placeOf(event),
        at,
      );
    case 'deleted':
      return withAnnouncement(run, 'deleted', placeOf(event), at);
    case 'train_start':
      return event.total === null ? run : { ...run, plan: { ...run.plan, maxSteps: event.total } };
    case 'train_end':
    case 'resumed':
      return withLogStep(run, event.step, event.total, at);
    case 'versions':
      return { ...run, packages: { ...run.packages, ...event.packages } };
    case 'best':
    case 'loaded':
      return run;
    default:
      return event.kind satisfies never;
  }
};

/** Where it is, as well as the log says it: a line may name no more than a file in a folder that an earlier line named. */
const placeOf = (event: LogEvent): string | null => event.pathInContext ?? event.path;

/** Only before the first new step: a bar of that name afterwards is of something else. */
const hearSkipping = (run: Run, event: LogEvent, at: number): Run => {
  const { resumption } = run;
  if (event.skipping === undefined || resumption === null || proofOf(resumption).kind !== 'waiting')
    return run;
  const skipping = seeSkipping(resumption.skipping, event.skipping, event.stepsPerSecond ?? null, at);
  return { ...run, resumption: { ...resumption, skipping } };
};

const hearProgress = (run: Run, event: LogEvent, at: number): Run => {
  if (event.skipping !== undefined) return hearSkipping(run, event, at);
  const withLoss = event.loss === undefined ? run : { ...run, loss: { value: event.loss, at } };
  if (event.step === null) return withEpoch(withLoss, event, at);
  if (event.total === null && event.epoch === null) return withOwnCount(withLoss, event, event.step, at);
  if (event.total === null || !isTheRunsBar(run, event.total)) return withLoss;
  const counting = withoutOwnCount(withLoss);
  return {
    ...timed(counting, event.step, at),
    sightings: { ...counting.sightings, bar: { step: event.step, total: event.total, at } },
    printedStepsPerSecond: event.stepsPerSecond ?? run.printedStepsPerSecond,
  };
};

/**
 * A line that tells an epoch and no step (`Epoch 3/10`): its total is of epochs. Trainers that count steps print epochs
 * beside them, with their losses and without a total: they are left alone.
 */
const withEpoch = (run: Run, { epoch, step: told, total }: LogEvent, at: number): Run => {
  const framework = frameworkOf(run);
  if (epoch === null || told !== null || framework === 'transformers') return run;
  if (framework === null && !Number.isInteger(epoch)) return run;
  const step = epochFromOne(framework, Math.floor(epoch));
  const known = run.sightings.epoch;
  const counting = withoutOwnCount(run);
  return {
    ...(unitOf(counting) === 'epochs' ? timed(counting, step, at) : counting),
    sightings: { ...counting.sightings, epoch: { step, total: total ?? known?.total ?? null, at } },
  };
};

/**
 * A line of a loop of the user's own that counts and names no total (`iter 100: loss 2.1`). It is believed as long as nothing better
 * counts and it rises; one that begins anew counts within epochs.
 */
const withOwnCount = (run: Run, { loss }: LogEvent, step: number, at: number): Run => {
  const { table, bar, epoch, log, ownCount } = run.sightings;
  const isBetterTold = table !== null || bar !== null || epoch !== null;
  if (loss === undefined || isBetterTold || frameworkOf(run) === 'transformers' || ownCount === 'begins-anew')
    return run;
  if (ownCount === 'untold' && log !== null) return run;
  return log !== null && step < log.step ? withoutOwnCount(run) : counted(withLogStep(run, step, null, at));
};

const counted = (run: Run): Run => ({ ...run, sightings: { ...run.sightings, ownCount: 'rises' } });

/** Something better counts, or it was no count of the run's steps. */
const withoutOwnCount = (run: Run): Run =>
  run.sightings.ownCount === 'rises'
    ? { ...run, timings: [], sightings: { ...run.sightings, log: null, ownCount: 'begins-anew' } }
    : run;

/**
 * A training cell draws other bars, too: data preparation before it, an evaluation inside it. Where the length of the
 * run is known a bar of another length is not the run's; where it is not, the first bar is taken until a longer comes.
 */
const isTheRunsBar = (run: Run, total: number): boolean => {
  const known =
    run.sightings.table?.total ??
    (run.plan.maxSteps !== null && run.plan.maxSteps > 0 ? run.plan.maxSteps : null);
  return known === null ? total >= (run.sightings.bar?.total ?? 0) : total === known;
};

const withLogStep = (run: Run, step: number | null, total: number | null, at: number): Run =>
  step === null
    ? run
    : { ...timed(run, step, at), sightings: { ...run.sightings, log: { step, total, at } } };

const withAnnouncement = (run: Run, kind: 'saved' | 'deleted', path: string | null, at: number): Run => {
  if (path === null || run.announced[kind].includes(path)) return run;
  const other = kind === 'saved' ? 'deleted' : 'saved';
  return {
    ...run,
    announced: {
      ...run.announced,
      at,
      [kind]: [...run.announced[kind], path].slice(-MAX_ANNOUNCED),
      [other]: run.announced[other].filter((announced) => announced !== path),
    },
  };
};

/** Remembers when a step was seen, thinned out so that the list stays short and still reaches back minutes. */
const timed = (run: Run, step: number, at: number): Run => {
  const last = run.timings.at(-1);
  if (last !== undefined && (at - last.at < TIMING_INTERVAL_MS || step <= last.step)) return run;
  const timings = [...run.timings, { step, at }];
  return {
    ...run,
    timings: timings.length > MAX_TIMINGS ? timings.filter((_, index) => index % 2 === 1) : timings,
  };
};

export interface Position {
  /** In `unit`; an epoch is the one that runs, counted from 1. */
  readonly step: number;
  readonly unit: Unit;
  readonly total: number | null;
  readonly at: number;
  readonly source: 'table' | 'bar' | 'log' | 'folder';
}

/**
 * Where the run stands. What it printed tells that best, but comes late and stops first: a whole checkpoint that it has
 * written since proves that it was further.
 */
export const positionOf = (run: Run): Position | null => {
  const unit = unitOf(run);
  const printed = printedPosition(run);
  const saved = printed === null ? newestOnDisk(run) : newestWritten(run);
  const reach = saved === null ? null : reachOf(saved, unit);
  if (reach === null || (printed !== null && reach <= printed.step)) return printed;
  return {
    step: reach,
    unit,
    total: totalOf(run, unit),
    at: run.lookedAt ?? run.startedAt,
    source: 'folder',
  };
};

/** Where the run stands by its output alone. */
export const printedPosition = (run: Run): Position | null => {
  const { table, bar, log, epoch } = run.sightings;
  const unit = unitOf(run);
  if (unit === 'epochs')
    return epoch === null ? null : { ...epoch, unit, total: totalOf(run, unit), source: 'log' };
  const live = newest([
    table === null ? null : { ...table, source: 'table' as const },
    bar === null || !hasStepBars(run) ? null : { ...bar, source: 'bar' as const },
    log === null ? null : { ...log, source: 'log' as const },
  ]);
  return live === null ? null : { ...live, unit, total: totalOf(run, unit) };
};

const totalOf = (run: Run, unit: Unit): number | null => {
  const { table, bar, epoch } = run.sightings;
  if (unit === 'epochs') return positive(epoch?.total ?? run.plan.maxEpochs ?? null);
  return table?.total ?? (hasStepBars(run) ? bar?.total : null) ?? positive(run.plan.maxSteps);
};

/** Steps that were seen, whatever the order: a bar's last redraw may arrive after a save that is newer. */
const newest = <T extends Sighting>(sightings: readonly (T | null)[]): T | null =>
  sightings.reduce(
    (best, next) => (next !== null && (best === null || next.step > best.step) ? next : best),
    null,
  );

/** The newest checkpoint this run has written and that still lies there, whole or not. */
export const newestOnDisk = (run: Run): SeenCheckpoint | null =>
  newestOf(run.checkpoints.filter(({ origin, gone }) => origin === 'this-run' && !gone));

/** The newest whole one since this execution began: a run that was resumed finds its own older ones there. */
const newestWritten = (run: Run): SeenCheckpoint | null =>
  newestOf(
    run.checkpoints.filter(
      ({ origin, gone, integrity, modifiedAt }) =>
        origin === 'this-run' && !gone && integrity.kind === 'complete' && (modifiedAt ?? 0) > run.startedAt,
    ),
  );

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);
