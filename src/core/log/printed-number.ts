/** Powers of ten that a double holds exactly, as far as fifteen digits need them. */
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const MOST_DIGITS = 15;

/**
 * The number a text prints, as `Number` reads it, `NaN` for what is none. Losses and rates are decimals of a few digits,
 * and `Number` takes four times as long for them, twice as long for a step: up to fifteen digits are a whole number and
 * one exact division.
 */
export function printedNumber(text: string | undefined): number {
  if (text === undefined) return NaN;
  const { length } = text;
  if (length === 0 || length > MOST_DIGITS) return Number(text);
  let digits = 0;
  let decimals = -1;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits = digits * 10 + code - 0x30;
    else if (code === 0x2e && decimals === -1 && at > 0) decimals = length - 1 - at;
    else return Number(text);
  }
  return decimals > 0 ? digits / (POWERS[decimals] ?? 1) : digits;
}
