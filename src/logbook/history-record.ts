import * as v from 'valibot';
import type { Curves } from '../core/history/curves.ts';
import { historyRunSchema } from '../core/history/history-run.ts';

/** A run as it lies in the database: what the cap needs beside the run itself. */
export const historyRecordSchema = v.object({
  id: v.string(),
  startedAt: v.number(),
  points: v.number(),
  run: historyRunSchema,
});
export type HistoryRecord = v.InferOutput<typeof historyRecordSchema>;

const seriesSchema = v.pipe(
  v.object({ steps: v.instance(Float64Array), values: v.instance(Float64Array) }),
  v.check(({ steps, values }) => steps.length === values.length),
);

export const curvesSchema: v.GenericSchema<unknown, Curves> = v.object({
  loss: seriesSchema,
  evalLoss: seriesSchema,
  fileUpTo: v.number(),
});
