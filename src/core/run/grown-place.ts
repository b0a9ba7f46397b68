import type { ListedFile } from '../checkpoint/listing.ts';

/** A folder that holds checkpoints by some layout, with the times that the server gives them. */
export interface Place {
  /** Relative to the server's root. */
  readonly path: string;
  readonly checkpoints: readonly { readonly name: string; readonly modifiedAt: number | null }[];
}

/** What lay in which place when the run began: path → name → time. */
export type Before = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** Where frameworks put their checkpoints when nobody says where, and how people call such a folder. */
const DEFAULT_PLACES =
  /^(?:lightning_logs|tb_logs|logs?|runs?|outputs?|results?|out|checkpoints?|ckpts?|work_dirs?|saved?(?:_models?)?|models?|weights|train(?:ing)?\d*|exp(?:eriments?)?\d*|version_\d+|detect|segment|classify|pose|obb|trainer_output|tmp_trainer|ray_results|catboost_info|backup|tf_ckpts|training_checkpoints|multirun|saves|default)$/i;
/** They grow as well, and never by checkpoints; or they are large and the system's. */
const NEVER =
  /^(?:__.*|\..*|node_modules|site-packages|s?bin|lib\d*|include|venv|env|sample_data|wandb|mlruns|cache|tmp)$/i;

/**
 * How soon a folder is looked into, the lowest first; `null`: never. A folder's own time changes when something in it is made
 * or removed, not with what happens further down, so that the usual places are looked into whatever their time is.
 */
export const turnOf = ({ name, kind, modifiedAt }: ListedFile, since: number): number | null => {
  if (kind !== 'directory' || NEVER.test(name)) return null;
  const grew = modifiedAt !== null && modifiedAt >= since;
  const isUsual = DEFAULT_PLACES.test(name);
  if (!grew && !isUsual) return null;
  return (grew ? 0 : 2) + (isUsual ? 0 : 1);
};

/** What was written in a place since the run began: not there before, and of a time after the start. */
const newestOfRun = ({ path, checkpoints }: Place, before: Before, startedAt: number): number | null =>
  checkpoints.reduce<number | null>((newest, { name, modifiedAt }) => {
    if (modifiedAt === null || modifiedAt <= startedAt) return newest;
    if (before[path]?.[name] === modifiedAt) return newest;
    return Math.max(newest ?? 0, modifiedAt);
  }, null);

/**
 * The folder that the run writes to: of the places where it wrote something the one with the newest. What an earlier run left is
 * older than the start of this one, or lay there at its first search (the server's clock may be ahead of ours).
 */
export const placeOfRun = (places: readonly Place[], before: Before, startedAt: number): Place | null =>
  places.reduce<{ readonly place: Place; readonly at: number } | null>((best, place) => {
    const at = newestOfRun(place, before, startedAt);
    return at === null || (best !== null && best.at >= at) ? best : { place, at };
  }, null)?.place ?? null;

/** What lay in a place before the run, for the look that tells its own checkpoints from those. */
export const baselineOf = (
  { path, checkpoints }: Place,
  before: Before,
  startedAt: number,
): Record<string, number | null> =>
  Object.fromEntries(
    checkpoints
      .filter(
        ({ name, modifiedAt }) =>
          modifiedAt === null || modifiedAt <= startedAt || before[path]?.[name] === modifiedAt,
      )
      .map(({ name, modifiedAt }) => [name, modifiedAt]),
  );

export const beforeOf = (places: readonly Place[]): Before =>
  Object.fromEntries(
    places.map(({ path, checkpoints }) => [
      path,
      Object.fromEntries(checkpoints.map(({ name, modifiedAt }) => [name, modifiedAt])),
    ]),
  );
