import { printedNumber } from './printed-number.ts';

/** A tqdm progress bar as found in a text. Source: tqdm 4, `tqdm/std.py`, `format_meter`. */
export interface TqdmBar {
  /** Text printed before the percentage, without the colon tqdm puts behind it; '' when there is none. */
  readonly description: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: `it` unless the program named it (`examples`, `B`, `ba`); '' when the bar prints no rate. */
  readonly unit: string;
  /** Units per second; `null` before the first one is done. */
  readonly perSecond: number | null;
  /** Text behind the rate (`loss=5.66, lr=0.0001`). */
  readonly postfix: string;
}

export interface BarsAndMessages {
  /** The newest bar of the text. */
  readonly bar: TqdmBar | null;
  /** What was printed before, between and behind the bars, trimmed, without empty ones. */
  readonly messages: readonly string[];
}

// The bar itself is missing where the terminal told no width, as in `!python train.py` of a notebook.
const METER = /%(?:\|[^|]*\|)? *(\d{1,15})\/(\d{1,15}) \[([^[\]]{0,1000})\]/g;
const RATE =
  /^[\d:?]{1,20}<[\d:?]{1,20},\s*(?:(\?|\d{1,15}(?:\.\d{1,9})?) ?([A-Za-z]{1,20})\/s|(\d{1,15}(?:\.\d{1,9})?)s\/([A-Za-z]{1,20}))(?:, ?)?/;

/** Finds the bars of a text and gives back the text around them, which is where glued messages stand. Linear. */
export function splitBars(text: string): BarsAndMessages {
  let bar: TqdmBar | null = null;
  const messages: string[] = [];
  let rest = 0;
  METER.lastIndex = 0;
  for (let match = METER.exec(text); match !== null; match = METER.exec(text)) {
    const start = percentStart(text, match.index, rest);
    if (start === match.index) {
      METER.lastIndex = start + 1;
      continue;
    }
    const before = text.slice(rest, start).trim();
    if (before !== '' && !before.endsWith(':')) messages.push(before);
    bar = toBar(descriptionIn(before), match[1], match[2], match[3] ?? '');
    rest = METER.lastIndex;
  }
  const behind = text.slice(rest).trim();
  if (behind !== '') messages.push(behind);
  return { bar, messages };
}

const METER_ALONE = new RegExp(`${METER.source} *$`, 'y');

/** Whether a text is one bar with nothing but a description before it and space behind it, as most redraws are. */
export function isBarAlone(text: string): boolean {
  const percent = text.indexOf('%');
  METER_ALONE.lastIndex = percent;
  if (percent === -1 || !METER_ALONE.test(text)) return false;
  const start = percentStart(text, percent, 0);
  const before = text.slice(0, start).trimEnd();
  return start < percent && (before === '' || before.endsWith(':'));
}

/**
 * tqdm prints `{description}: `; a bar with a format of its own often has its label right before the number. What ends
 * in a bracket or an arrow is no label but a message that another stream wrote before the bar.
 */
function descriptionIn(before: string): string {
  if (before === '') return '';
  if (before.endsWith(':')) return before.slice(0, -1).trimEnd();
  return /[\p{L}\p{N}]$/u.test(before.slice(-2)) ? before : '';
}

function percentStart(text: string, percent: number, lowest: number): number {
  let start = percent;
  while (start > lowest && percent - start < 3 && isDigit(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function toBar(description: string, done = '', total = '', inside = ''): TqdmBar {
  const rate = RATE.exec(inside);
  const direct = rate?.[1];
  const inverse = rate?.[3];
  return {
    description,
    done: printedNumber(done),
    total: printedNumber(total),
    unit: rate?.[2] ?? rate?.[4] ?? '',
    perSecond:
      inverse === undefined
        ? finiteOrNull(printedNumber(direct ?? '?'))
        : finiteOrNull(1 / printedNumber(inverse)),
    postfix: rate === null ? '' : inside.slice(rate[0].length),
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
