import * as v from 'valibot';
import type { Run } from '../core/run/run.ts';
import type { JobFailure } from '../protocol/home-view.ts';

const checkpointVersion = v.object({ name: v.string(), modifiedAt: v.nullable(v.number()) });
/** A checkpoint as it lay there once: a folder of that name that is written anew is another one. */
type CheckpointVersion = v.InferOutput<typeof checkpointVersion>;

/** What the user said about copies of each checkpoint, and how far they are; part of the notebook's record. */
export const keepingSchema = v.object({
  answer: v.picklist(['none', 'yes', 'no']),
  extent: v.picklist(['everything', 'inference']),
  paused: v.boolean(),
  mostBytesPerSecond: v.nullable(v.number()),
  /** The run whose copies take each other's place, and since when: a run that was resumed goes on with those before it. */
  line: v.nullable(v.object({ runId: v.string(), since: v.number() })),
  /** Each is tried once, newest last. */
  tried: v.array(checkpointVersion),
  last: v.nullable(v.object({ name: v.string(), at: v.number(), sizeBytes: v.number() })),
  trouble: v.nullable(
    v.object({
      name: v.string(),
      why: v.custom<JobFailure>((value) => typeof value === 'object' && value !== null && 'kind' in value),
    }),
  ),
});
export type Keeping = v.InferOutput<typeof keepingSchema>;

export const NOT_ASKED: Keeping = {
  answer: 'none',
  extent: 'everything',
  paused: false,
  mostBytesPerSecond: null,
  line: null,
  tried: [],
  last: null,
  trouble: null,
};

const MOST_TRIED = 100;

/** Follows the notebook's run. What an earlier run left is not counted any more, and thereby left alone for good. */
export const followRun = (keeping: Keeping, run: Run): Keeping => {
  if (keeping.line?.runId === run.id) return keeping;
  if (keeping.line !== null && run.resumedFrom !== null)
    return { ...keeping, line: { ...keeping.line, runId: run.id } };
  return { ...keeping, line: { runId: run.id, since: run.startedAt }, tried: [], trouble: null };
};

export const wasTried = ({ tried }: Keeping, { name, modifiedAt }: CheckpointVersion): boolean =>
  tried.some((each) => each.name === name && each.modifiedAt === modifiedAt);

const withTried = (keeping: Keeping, { name, modifiedAt }: CheckpointVersion): Keeping => ({
  ...keeping,
  tried: [...keeping.tried, { name, modifiedAt }].slice(-MOST_TRIED),
});

export const afterKept = (
  keeping: Keeping,
  version: CheckpointVersion,
  sizeBytes: number,
  at: number,
): Keeping => ({
  ...withTried(keeping, version),
  last: { name: version.name, at, sizeBytes },
  trouble: null,
});

/** What was rotated away meanwhile is nobody's trouble; what could not be asked for without its page is tried again. */
export const afterFailure = (keeping: Keeping, version: CheckpointVersion, why: JobFailure): Keeping => {
  if (why.kind === 'page-not-open') return keeping;
  const tried = withTried(keeping, version);
  if (why.kind === 'gone' || why.kind === 'changed') return tried;
  return { ...tried, trouble: { name: version.name, why } };
};
