import { readProgressTable, trueStep, type LoggedValue } from './progress-table.ts';

/** What one draw of the Trainer's table says of a run. */
export interface TableSighting {
  /** True step, already shifted from the number on the page. */
  readonly step: number;
  readonly total: number;
  readonly stepsPerSecond: number | null;
  readonly epoch: number | null;
  readonly loss: number | null;
  /** The newest losses of its table, where its rows are of steps. */
  readonly losses: readonly {
    readonly of: 'loss' | 'evalLoss';
    readonly step: number;
    readonly value: number;
  }[];
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
    losses: [...atStep('loss', table.trainingLoss), ...atStep('evalLoss', table.validationLoss)],
  };
};

/** A table by epochs does not tell the step. */
const atStep = (of: 'loss' | 'evalLoss', logged: LoggedValue | null): TableSighting['losses'] =>
  logged === null || logged.step === null ? [] : [{ of, step: logged.step, value: logged.value }];
