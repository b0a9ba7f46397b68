import { findCaption, type ProgressCaption } from './progress-caption.ts';

/** A value of the metrics table and the row it stood in: one of `step` and `epoch` is known, after the first column. */
export interface LoggedValue {
  readonly value: number;
  readonly step: number | null;
  readonly epoch: number | null;
}

/**
 * What the Hugging Face Trainer shows of a run in a notebook: a bar, its caption and a table of metrics, redrawn in
 * place. Source: transformers 3.1 to 5.23, `utils/notebook.py` (`NotebookProgressCallback`).
 */
export interface ProgressTable extends Omit<ProgressCaption, 'end'> {
  /** `value` of the `<progress>` element: unlike the caption it is not held at the total. */
  readonly barValue: number | null;
  /** Newest training loss of the table; `null` while the column says "No log". */
  readonly trainingLoss: LoggedValue | null;
  readonly validationLoss: LoggedValue | null;
}

/** Where bar and caption must stand: a small prefix may come before them, never the table. */
const HEAD_LIMIT = 64 * 1024;
/** A table longer than this is read from its end: the newest rows matter. */
const ROWS_LIMIT = 1024 * 1024;

/**
 * Reads the `text/html` of a `display_data` or `update_display_data` message. `null` when it is no training display
 * of the Trainer: it needs a `<progress>` followed by a caption with an epoch, which tables of pandas and the bars of
 * an evaluation lack. No DOM, linear in the length of the text, safe on any input.
 */
export function readProgressTable(html: string): ProgressTable | null {
  const head = html.slice(0, HEAD_LIMIT);
  const bar = head.indexOf('<progress');
  const barEnd = bar === -1 ? -1 : head.indexOf('</progress>', bar);
  if (barEnd === -1) return null;
  const caption = findCaption(head, barEnd);
  if (caption === null || head.slice(barEnd, caption.end).includes('<table')) return null;
  const { end, ...shown } = caption;
  const value = /\bvalue=['"]?(\d{1,15})/.exec(head.slice(bar, Math.min(barEnd, bar + 400)))?.[1];
  return { ...shown, barValue: value === undefined ? null : Number(value), ...readLosses(html, end) };
}

/**
 * Steps the run has really finished.
 *
 * While training the display is drawn after step `k` with `k + 1` (`on_step_end` passes `global_step + 1`), so the
 * true step is the shown one less 1. The caption never passes the total, the bar's `value` does: a value of total + 1
 * is the draw after the last step. A caption at the total with the value at the total is either the draw after the
 * last but one step or the final draw of `on_train_end`, which passes `global_step` unchanged; the final draw cuts the
 * epoch to a whole number, the other prints it with decimals (except when an epoch ends at exactly the last but one
 * step, where this is one ahead for the duration of a step). A run stopped early ends with a draw of its true step
 * that looks like any other: then this is one short, which is the safe side.
 */
export function trueStep(
  table: Pick<ProgressTable, 'shownStep' | 'total' | 'barValue' | 'epochIsWhole'>,
): number {
  const { shownStep, total, barValue, epochIsWhole } = table;
  const isFinished = shownStep >= total && ((barValue ?? 0) > total || epochIsWhole);
  return isFinished ? total : Math.max(0, shownStep - 1);
}

type Losses = Pick<ProgressTable, 'trainingLoss' | 'validationLoss'>;

function readLosses(html: string, from: number): Losses {
  const none: Losses = { trainingLoss: null, validationLoss: null };
  const headerStart = html.indexOf('<th>', from);
  if (headerStart === -1 || headerStart - from > HEAD_LIMIT) return none;
  const headerEnd = html.indexOf('</thead>', headerStart);
  if (headerEnd === -1 || headerEnd - headerStart > HEAD_LIMIT) return none;
  const columns = cells(html.slice(headerStart, headerEnd), 'th');
  const index = columns[0];
  if (index !== 'Step' && index !== 'Epoch') return none;

  const rows = html.slice(Math.max(headerEnd, html.length - ROWS_LIMIT));
  const newest = (column: string): LoggedValue | null => {
    const at = columns.indexOf(column);
    return at === -1 ? null : newestValue(rows, at, index);
  };
  return { trainingLoss: newest('Training Loss'), validationLoss: newest('Validation Loss') };
}

/** Walks the rows from the last one up until the column holds a number. */
function newestValue(rows: string, column: number, index: 'Step' | 'Epoch'): LoggedValue | null {
  let end = rows.length;
  for (let start = rows.lastIndexOf('<tr', end); start >= 0; start = rows.lastIndexOf('<tr', start - 1)) {
    const row = cells(rows.slice(start, end), 'td');
    end = start;
    const value = tableNumber(row[column]);
    const at = tableNumber(row[0]);
    if (value !== null && at !== null) {
      return { value, step: index === 'Step' ? at : null, epoch: index === 'Epoch' ? at : null };
    }
    if (start === 0) break;
  }
  return null;
}

function cells(html: string, tag: 'th' | 'td'): readonly string[] {
  const found: string[] = [];
  const open = `<${tag}>`;
  for (let at = html.indexOf(open); at !== -1; at = html.indexOf(open, at + 1)) {
    const end = html.indexOf('<', at + open.length);
    found.push(html.slice(at + open.length, end === -1 ? html.length : end).trim());
  }
  return found;
}

/** A cell's number, with or without thousands separators; `null` for "No log" and anything else. */
function tableNumber(cell: string | undefined): number | null {
  const plain = cell?.replaceAll(',', '') ?? '';
  return /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : null;
}
