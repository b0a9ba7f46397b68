/**
 * Takes off what loggers and launchers put before a message, and surrounding space: dates, levels, logger names,
 * bracketed fields, ranks. Seen forms, each from the formatter that writes it:
 *
 * - `[INFO|trainer.py:2889] 2022-11-02 12:30:15,123 >> …` (transformers 4, `enable_explicit_format`)
 * - `[INFO|2024-10-22 20:11:27] trainer.py:3503 >> …` (LLaMA-Factory 0.9)
 * - `10/27/2021 20:48:15 - INFO - name -   …` (example scripts), `INFO:name:…` (Python `basicConfig`)
 * - `[2025-05-07 22:21:46,859] [INFO] [module.function:231] [PID:1336] [RANK:0] …` (Axolotl, DeepSpeed)
 * - `2022-12-15 23:55:28 | INFO | name | …` (fairseq, loguru), `[rank0]: …` (torchrun), `0: …` (srun -l)
 * - `(Worker pid=123) …`, `2022-03-17 16:24:45,093\tINFO trainable.py:495 -- …` (Ray)
 * - `01/31 10:57:06 - mmengine - INFO - …` (MMEngine), `I0412 19:30:05.964669 1398 hooks.py:594] …` (absl)
 * - `[host] 2020-09-17 18:14:28,067 (trainer:286) INFO: …` (ESPnet), `[2022/08/08 16:28:51] ppocr INFO: …` (Paddle)
 * - `speechbrain.utils.checkpoints - …`, `… train_network.py:999` behind the message (rich)
 * - `2023-02-01 22:27:30,272\t44k\tINFO\t…` (VITS and its kin)
 * - `> …` (a log quoted in a text), `| …` (fairseq 0.8)
 */
export function withoutLogPrefix(text: string): string {
  let position = skipSpace(text, 0);
  for (let i = 0; i < MAX_FIELDS; i += 1) {
    const end = fieldEnd(text, position, i === 0);
    if (end === position) break;
    position = skipSpace(text, end);
  }
  const last = text.charCodeAt(text.length - 1);
  const rest = position === 0 ? text : text.slice(position);
  if (isSpace(last)) return rest.trimEnd();
  return isDigit(last) || last === PARENTHESIS ? withoutSource(rest) : rest;
}

/** rich, and formatters made like it, write the place in the source behind the message, in a column of its own. */
function withoutSource(text: string): string {
  let at = text.length - 1;
  if (text.charCodeAt(at) === PARENTHESIS) at -= 1;
  for (let digits = 0; digits < 7 && isDigit(text.charCodeAt(at)); digits += 1) at -= 1;
  if (text.charCodeAt(at) !== COLON) return text;
  const column = text.lastIndexOf('  ', at);
  return column > 0 && SOURCE.test(text.slice(column)) ? text.slice(0, column).trimEnd() : text;
}

const PARENTHESIS = 0x29;
const SOURCE = /^ {2}(?:[\w./-]{1,80}\.py:\d{1,7}|\(\d{1,10}:[\w./-]{1,80}\.py:\d{1,7}\))$/;

const MAX_FIELDS = 16;

/** Fields that begin alike are one pattern: the first of its alternatives that fits counts. */
const anyOf = (...fields: readonly RegExp[]): RegExp =>
  new RegExp(fields.map(({ source }) => source).join('|'), 'y');

const TIMES = anyOf(
  /\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:[ T]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?Z?)?(?=[\s|>-])/,
  /\d{2}\/\d{2} \d{2}:\d{2}:\d{2}(?=\s)/,
  /\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?=[\s|>-])/,
);
// `srun -l` numbers the lines of its tasks; further on, and before another number, they belong to the message.
const TIMES_AND_TASK = anyOf(TIMES, /\d{1,5}: (?!\s{0,8}-?[\d.]{1,20}, )/);
const LEVELS = anyOf(
  /(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL):[\w.-]{1,120}:/,
  /(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL)\b:?/,
  /[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d{6}\s{1,8}\d{1,20} [\w./-]{1,120}:\d{1,7}\]/,
);
const WORKERS = /\(\w{1,60} pid=\d{1,10}[^()]{0,60}\)/y;
const LATER_BRACKETS = anyOf(WORKERS, /\(\w{1,60}:\d{1,6}\)(?= )/);
const MARKS = /[>|](?= )/y;
const LATER_MARKS = anyOf(/>>/, /[-|]\s{1,8}[\w.]{1,120}(?::\w{1,60}){0,2}\s{1,8}(?=[-|]\s)/, /[-|](?=\s)/);
/** What can begin with any letter. */
const NAMES = /[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,6} - /y;
const LATER_NAMES = anyOf(
  /[\w./-]{1,120}:\d{1,7} (?:>>|--)/,
  /[\w.]{1,80} (?=(?:DEBUG|INFO|WARNING|ERROR):\s)/,
  /[\w.-]{1,80}\t(?=(?:DEBUG|INFO|WARNING|ERROR)\t)/,
);

/** Where the field that begins at `position` ends, or `position`. */
function fieldEnd(text: string, position: number, isFirst: boolean): number {
  const code = text.charCodeAt(position);
  if (code === OPENING) return endOf(BRACKETS, text, position);
  const field = fieldBeginningWith(code, text.charCodeAt(position + 1), isFirst);
  const end = field === null ? position : endOf(field, text, position);
  if (end !== position || !isOfName(code)) return end;
  return endOfName(text, position, isFirst);
}

/** Most messages begin with a word that is no name of a logger, as what follows it tells. */
function endOfName(text: string, position: number, isFirst: boolean): number {
  const end = endOfWord(text, position);
  const code = text.charCodeAt(end);
  if (isFirst) return code === POINT ? endOf(NAMES, text, position) : position;
  const next = text.charCodeAt(end + 1);
  const goesOn = code === COLON ? isDigit(next) : isOfName(code) || (isSpace(code) && isOfLevel(next));
  return goesOn ? endOf(LATER_NAMES, text, position) : position;
}

/** Character by character: most are short, and a regular expression costs more to be begun than to match. */
function endOfWord(text: string, position: number): number {
  const furthest = Math.min(text.length, position + LONGEST_WORD);
  let end = position;
  while (end < furthest && isOfWord(text.charCodeAt(end))) end += 1;
  return end;
}

const LONGEST_WORD = 120;
const POINT = 0x2e;

const OPENING = 0x5b;
const COLON = 0x3a;
/** Megatron's `[after training is done] datetime: …` is a message. */
const BRACKETS = /\[(?!(?:after|before|exiting) )[^[\]]{0,160}\]:?/y;

function fieldBeginningWith(code: number, next: number, isFirst: boolean): RegExp | null {
  if (isDigit(code)) return isFirst ? TIMES_AND_TASK : TIMES;
  switch (code) {
    case 0x28: // (
      return isFirst ? WORKERS : LATER_BRACKETS;
    case 0x43: // C
    case 0x44: // D
    case 0x45: // E
    case 0x46: // F
    case 0x49: // I
    case 0x57: // W
      return isOfLevelOrDigit(next) ? LEVELS : null;
    case 0x2d: // -
      return isFirst ? null : LATER_MARKS;
    case 0x3e: // >
    case 0x7c: // |
      return isFirst ? MARKS : LATER_MARKS;
    default:
      return null;
  }
}

function endOf(field: RegExp, text: string, position: number): number {
  field.lastIndex = position;
  return field.test(text) ? field.lastIndex : position;
}

function skipSpace(text: string, from: number): number {
  let position = from;
  while (position < text.length && isSpace(text.charCodeAt(position))) position += 1;
  return position;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const isOfWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || isDigit(code) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;

/** Letters, digits and `_-./`. */
const isOfName = (code: number): boolean => isOfWord(code) || (code >= 0x2d && code <= 0x2f);

/** `INFO`, `I0412`: not the many words that begin with the same letter. */
const isOfLevelOrDigit = (code: number): boolean => isDigit(code) || (code >= 0x41 && code <= 0x5a);

/** First letters of `DEBUG`, `INFO`, `WARNING`, `ERROR`. */
const isOfLevel = (code: number): boolean => code === 0x44 || code === 0x49 || code === 0x57 || code === 0x45;

/** What `trim` takes for space; beyond ASCII that is rare enough to be asked for. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return /\s/.test(String.fromCharCode(code));
}
