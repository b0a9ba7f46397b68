import * as v from 'valibot';

/** Why a cell of ours does not stand in the notebook as it was meant to. */
export const insertFailureSchema = v.picklist(['not-read-back', 'cell-not-found', 'read-only', 'page-error']);
export type InsertFailure = v.InferOutput<typeof insertFailureSchema>;
