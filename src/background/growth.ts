import * as v from 'valibot';

/** The search for the folder of a run whose source and log do not tell it. */
export const growthSchema = v.object({
  runId: v.string(),
  searchedAt: v.number(),
  searches: v.number(),
  /** What lay there when the run began: path → name → time by the server's clock. */
  before: v.record(v.string(), v.record(v.string(), v.nullable(v.number()))),
});
export type Growth = v.InferOutput<typeof growthSchema>;
