import { readProgressTable, trueStep } from './progress-table.ts';

/** What one draw of the Trainer's table says of a run. */
export interface TableSighting {
  /** True step, already shifted from the number on the page. */
  readonly step: number;
  readonly total: number;
  readonly stepsPerSecond: number | null;
  readonly epoch: number | null;
  readonly loss: number | null;
}

/** Reads the HTML of an output; `null` when it is no training display of the Trainer. */
export const tableSighting = (html: string): TableSighting | null => {
  const table = readProgressTable(html);
  if (table === null) return null;
  return {
    step: trueStep(table),
    total: table.total,
    stepsPerSecond: table.stepsPerSecond,
    epoch: table.epoch,
    loss: table.trainingLoss?.value ?? null,
  };
};
