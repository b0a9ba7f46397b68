import { printedNumber } from '../printed-number.ts';

const LOSS =
  /loss(?:es)?(?: [a-z(]{1,12}\)?)?["']?[^\p{L}\p{N}\n+-]{0,6}(-?\d{1,20}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?|nan|inf)(?![\w%])/giu;
/** A loss of another measurement, or of a part of the model. */
const OTHER_LOSS =
  /(?:val|valid|validation|test|testing|eval|evaluation|dev)[ _.-]{0,1}(?:\p{L}{1,20}[ _.-]?){0,2}$/iu;

export interface PrintedLoss {
  /** `undefined` where it is not finite. */
  readonly loss?: number;
}

/** The training loss a line of progress prints; `null` when it prints none or only that of a validation. */
export function readLoss(text: string): PrintedLoss | null {
  const searched = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  LOSS.lastIndex = 0;
  for (let match = LOSS.exec(searched); match !== null; match = LOSS.exec(searched)) {
    if (OTHER_LOSS.test(text.slice(Math.max(0, match.index - LONGEST_NAME), match.index))) continue;
    const loss = printedNumber(match[1] ?? '');
    return Number.isFinite(loss) ? { loss } : {};
  }
  return null;
}

const LONGEST = 1000;
/** Words before "loss" that say whose it is. */
const LONGEST_NAME = 64;
