import { ownCheckpoints, type HistoryCheckpoint, type HistoryRun } from '../../core/history/history-run.ts';

/** Where a checkpoint is, as far as is known: seen on the machine last, and whole in this browser. */
export type Place = 'machine' | 'both' | 'browser' | 'gone';

export interface TableRow {
  readonly run: HistoryRun;
  /** Of the run among those that are compared, from 1. */
  readonly number: number;
  readonly checkpoint: HistoryCheckpoint;
  readonly place: Place;
}

const BEFORE = ['run', 'name', 'step', 'loss', 'evalLoss'] as const;
const AFTER = ['size', 'integrity', 'place'] as const;
/** A column that every table has. */
export type PlainColumn = (typeof BEFORE)[number] | (typeof AFTER)[number];
/** `metric` of a column: what evaluations measured, by its name. */
export type Column = PlainColumn | { readonly metric: string };

/** More metrics than these would push size and place out of the window. */
const MOST_METRICS = 3;

/** The columns of a table: the metrics that its checkpoints were measured by stand beside their losses. */
export const columnsOf = (rows: readonly TableRow[]): readonly Column[] => {
  const names = new Set(rows.flatMap(({ checkpoint }) => (checkpoint.metrics ?? []).map(({ name }) => name)));
  return [...BEFORE, ...[...names].slice(0, MOST_METRICS).map((metric) => ({ metric })), ...AFTER];
};

/** Names a column, for keys and comparisons. */
export const columnId = (column: Column): string =>
  typeof column === 'string' ? column : `metric ${column.metric}`;

/** What an evaluation measured at a checkpoint's step; `null` where it did not. */
export const metricOf = ({ metrics }: HistoryCheckpoint, metric: string): number | null =>
  metrics?.find(({ name }) => name === metric)?.value ?? null;

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** `copies`: those that are in this browser now; `null` where that is not known yet. */
export const rowsOf = (
  runs: readonly { readonly run: HistoryRun; readonly number: number }[],
  copies: readonly string[] | null,
): readonly TableRow[] =>
  runs.flatMap(({ run, number }) =>
    ownCheckpoints(run).map((checkpoint) => ({
      run,
      number,
      checkpoint,
      place: placeOf(checkpoint, copies),
    })),
  );

const placeOf = ({ gone, copyId }: HistoryCheckpoint, copies: readonly string[] | null): Place => {
  const isHere = copyId !== null && (copies === null || copies.includes(copyId));
  if (gone) return isHere ? 'browser' : 'gone';
  return isHere ? 'both' : 'machine';
};

const WHOLENESS = { complete: 0, unproven: 1, writing: 2, unchecked: 3, broken: 4 } as const;
const PLACES = { both: 0, browser: 1, machine: 2, gone: 3 } as const;

const keyOf = ({ number, checkpoint, place }: TableRow, column: Column): number | string | null => {
  if (typeof column !== 'string') return metricOf(checkpoint, column.metric);
  switch (column) {
    case 'run':
      return number;
    case 'name':
      return checkpoint.name;
    case 'step':
    case 'loss':
    case 'evalLoss':
      return checkpoint[column];
    case 'size':
      return checkpoint.sizeBytes;
    case 'integrity':
      return WHOLENESS[checkpoint.integrity.kind];
    case 'place':
      return PLACES[place];
    default:
      return column satisfies never;
  }
};

/** What is not known comes last, whichever way it is sorted; what is equal keeps its order. */
export const sorted = (rows: readonly TableRow[], { column, descending }: Order): readonly TableRow[] =>
  rows.toSorted((a, b) => {
    const [one, other] = [keyOf(a, column), keyOf(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const way =
      typeof one === 'string' || typeof other === 'string'
        ? String(one).localeCompare(String(other), undefined, { numeric: true })
        : one - other;
    return descending ? -way : way;
  });
