import type { RunPlan } from '../run.ts';
import { mostAtOnce, tracksBest } from './kept-at-end.ts';
import type { SaveForecast } from './save-forecast.ts';
import { refusesEvaluationStrategy } from './trainer-versions.ts';

/** What is amiss with a plan besides that it saves nothing. */
export type PlanWarning =
  /** No room for the save at that step. */
  | { readonly kind: 'disk-fills'; readonly atStep: number }
  /** The run evaluates, keeps the newest only, and does not look after the best. */
  | { readonly kind: 'best-may-go'; readonly limit: number }
  /** The Trainer ends in a ValueError before its first step. */
  | { readonly kind: 'best-needs-same-strategy'; readonly save: string; readonly evaluation: string }
  | { readonly kind: 'best-needs-multiple'; readonly saveSteps: number; readonly evalSteps: number }
  /** The arguments end in a TypeError; `certain`: the version is known. */
  | { readonly kind: 'old-evaluation-name'; readonly certain: boolean }
  /** What is written to Drive arrives there later, counts against its quota, and goes through its trash. */
  | { readonly kind: 'on-drive'; readonly folder: string };

/** What is known of the place: bytes of one checkpoint, of free space, and how many lie there already. */
export interface Room {
  readonly checkpointBytes: number | null;
  readonly freeBytes: number | null;
  readonly present: number;
  /** The step up to which saves have happened. */
  readonly step: number;
}

/** The trouble that a plan runs into, what keeps it from starting first. */
export const planWarnings = (
  plan: RunPlan,
  forecast: SaveForecast,
  folder: string | null,
  transformers: string | null,
  room: Room,
): readonly PlanWarning[] =>
  [
    oldName(plan, transformers),
    mismatch(plan),
    fills(plan, forecast, room),
    mayGo(plan, forecast),
    folder !== null && isOnDrive(folder) && forecast.verdict !== 'no'
      ? ({ kind: 'on-drive', folder } as const)
      : null,
  ].filter((warning) => warning !== null);

/** Those with which the run does not start. */
export const refuses = (warning: PlanWarning): boolean =>
  warning.kind === 'best-needs-same-strategy' ||
  warning.kind === 'best-needs-multiple' ||
  (warning.kind === 'old-evaluation-name' && warning.certain);

/** Those that are of use once the run trains: it got past its arguments. */
export const whileTraining = ({ kind }: PlanWarning): boolean =>
  kind === 'disk-fills' || kind === 'best-may-go' || kind === 'on-drive';

const oldName = ({ evaluation }: RunPlan, transformers: string | null): PlanWarning | null => {
  if (evaluation?.oldName !== true) return null;
  const refuses = refusesEvaluationStrategy(transformers);
  return refuses === false ? null : { kind: 'old-evaluation-name', certain: refuses === true };
};

/** `TrainingArguments._validate_args`, Transformers 5.23; the same in 4.20 but for shares. */
const mismatch = ({ evaluation, saveStrategy, saveSteps }: RunPlan): PlanWarning | null => {
  if (evaluation?.loadsBest !== true || saveStrategy === null || saveStrategy === 'best') return null;
  const { strategy, steps } = evaluation;
  if (strategy === null) return null;
  if (strategy !== saveStrategy)
    return { kind: 'best-needs-same-strategy', save: saveStrategy, evaluation: strategy };
  if (strategy !== 'steps' || saveSteps === null || steps === null || steps <= 0) return null;
  const bothShares = saveSteps < 1 && steps < 1;
  const fits = bothShares ? (saveSteps * 1_000_000) % (steps * 1_000_000) === 0 : saveSteps % steps === 0;
  return fits ? null : { kind: 'best-needs-multiple', saveSteps, evalSteps: steps };
};

const fills = (plan: RunPlan, { savesAt }: SaveForecast, room: Room): PlanWarning | null => {
  const { checkpointBytes, freeBytes, present, step } = room;
  if (checkpointBytes === null || checkpointBytes <= 0 || freeBytes === null) return null;
  if (plan.saveTotalLimit !== null && mostAtOnce(plan) === null) return null;
  const upcoming = savesAt.filter((save) => save > step);
  const most = mostAtOnce(plan);
  const added = most === null ? upcoming.length : Math.min(upcoming.length, Math.max(0, most - present));
  const fits = Math.floor(freeBytes / checkpointBytes);
  const atStep = fits < added ? upcoming[fits] : undefined;
  return atStep === undefined ? null : { kind: 'disk-fills', atStep };
};

const mayGo = (plan: RunPlan, { savesAt, verdict }: SaveForecast): PlanWarning | null => {
  const { saveTotalLimit: limit, evaluation } = plan;
  if (limit === null || limit < 1 || evaluation === undefined || evaluation === null) return null;
  if (evaluation.strategy === 'no' || evaluation.strategy === null || tracksBest(plan)) return null;
  const goes =
    savesAt.length === 0 ? verdict === 'epochs' || verdict === 'length-unknown' : savesAt.length > limit;
  return goes ? { kind: 'best-may-go', limit } : null;
};

/** Where Colab has Drive: `drive.mount('/content/drive')` by its own example, `/content/gdrive` by older ones. */
const isOnDrive = (folder: string): boolean =>
  /^\/(?:content\/)?g?drive\//.test(folder) ||
  /(?:^|\/)g?drive\/(?:My ?Drive|Shared ?drives)(?:\/|$)/i.test(folder);
