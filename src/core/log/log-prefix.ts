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
 * - `> …` (a log quoted in a text), `| …` (fairseq 0.8)
 */
export function withoutLogPrefix(text: string): string {
  let position = 0;
  let seenField = false;
  for (let i = 0; i < MAX_FIELDS; i += 1) {
    position = skipSpace(text, position);
    const end = fieldEnd(text, position, seenField);
    if (end === position) break;
    position = end;
    seenField = true;
  }
  return withoutSource(text).slice(position).trim();
}

/** rich writes the place in the source behind the message, in a column of its own. */
function withoutSource(text: string): string {
  const at = isDigit(text.charCodeAt(text.length - 1)) ? text.lastIndexOf('.py:') : -1;
  if (at < 0 || text.length - at > 12) return text;
  const column = text.lastIndexOf('  ', at);
  return column > 0 && SOURCE.test(text.slice(column)) ? text.slice(0, column) : text;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const SOURCE = /^ {2}[\w./-]{1,80}\.py:\d{1,7}$/;

const MAX_FIELDS = 16;

const COMMON_FIELDS = [
  // Megatron's `[after training is done] datetime: …` is a message.
  /\[(?!after |before |exiting )[^[\]]{0,160}\]:?/y,
  /\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:[ T]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?Z?)?(?=[\s|>-])/y,
  /\d{2}\/\d{2} \d{2}:\d{2}:\d{2}(?=\s)/y,
  /\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?=[\s|>-])/y,
  /[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d{6}\s{1,8}\d{1,20} [\w./-]{1,120}:\d{1,7}\]/y,
  /(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL):[\w.-]{1,120}:/y,
  /(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL)\b:?/y,
  /\(\w{1,60} pid=\d{1,10}[^()]{0,60}\)/y,
] as const;

// `srun -l` numbers the lines of its tasks; further on, and before another number, they belong to the message.
const START_FIELDS = [
  ...COMMON_FIELDS,
  /\d{1,5}: (?!\s{0,8}-?[\d.]{1,20}, )/y,
  /[>|](?= )/y,
  /[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,6} - /y,
] as const;

const LATER_FIELDS = [
  ...COMMON_FIELDS,
  /[\w./-]{1,120}:\d{1,7} (?:>>|--)/y,
  /\(\w{1,60}:\d{1,6}\)(?= )/y,
  /[\w.]{1,80} (?=(?:DEBUG|INFO|WARNING|ERROR):\s)/y,
  />>/y,
  /[-|]\s{1,8}[\w.]{1,120}(?::\w{1,60}){0,2}\s{1,8}(?=[-|]\s)/y,
  /[-|](?=\s)/y,
] as const;

function fieldEnd(text: string, position: number, seenField: boolean): number {
  for (const field of seenField ? LATER_FIELDS : START_FIELDS) {
    field.lastIndex = position;
    if (field.test(text)) return field.lastIndex;
  }
  return position;
}

function skipSpace(text: string, from: number): number {
  let position = from;
  while (position < text.length && /\s/.test(text.charAt(position))) position += 1;
  return position;
}
