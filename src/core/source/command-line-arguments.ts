import { commandOptions, optionKey } from './command-line.ts';
import type { Place } from './python-names.ts';
import { eachField, fieldReaders, unknownValues, type ArgumentField } from './argument-fields.ts';
import { followName, type Following } from './follow-value.ts';
import type { ScriptCommand } from './script-command.ts';
import type { ShellWord } from './shell-words.ts';
import { asText, parseNumber, type PythonValue } from './python-value.ts';
import type { SourceValue, TrainingArguments } from './training-source.ts';

/** The options of a command line by their Python name (`output_dir`), each with its text as far as it is known. */
export type CommandLineValues = ReadonlyMap<string, SourceValue<string>>;

/** Reads the options given to a script; `{name}` and `$name` of a `!` line are followed in the notebook's code. */
export function commandLineValues(
  follow: Following,
  source: string,
  command: ScriptCommand,
  place: Place,
): CommandLineValues {
  const cellId = follow.names.cells[place.cell]?.id ?? '';
  const values = new Map<string, SourceValue<string>>();
  for (const { name, value } of commandOptions(source, command.words)) {
    const text = value === null ? null : wordText(follow, value, place);
    values.set(optionKey(name), text === null ? { kind: 'unknown' } : { kind: 'known', value: text, cellId });
  }
  return values;
}

/** The text of a word; `null` where a piece of it cannot be followed. */
export function wordText(follow: Following, word: ShellWord, place: Place): string | null {
  let text = '';
  for (const piece of word.pieces) {
    if (piece.kind === 'unknown') return null;
    const value = piece.kind === 'text' ? piece.text : expressionText(follow, piece.code, place);
    if (value === null) return null;
    text += value;
  }
  return text;
}

/** Only names and attributes: what stands in the braces is not part of any parsed cell. */
function expressionText(follow: Following, code: string, place: Place): string | null {
  if (!/^\s*[A-Za-z_][\w.]*\s*$/.test(code)) return null;
  const value = followName(follow, code.trim(), place);
  return value === null ? null : asText(value);
}

/** Training arguments with what the command line gives in place of what was read before. */
export function applyCommandLine(read: TrainingArguments, given: CommandLineValues): TrainingArguments {
  return {
    ...read,
    ...eachField((field) => {
      const value =
        given.get(field.name) ?? (field.oldName === undefined ? undefined : given.get(field.oldName));
      if (value === undefined) return field.of(read);
      return value.kind === 'known'
        ? field.accept(typed(field, value.value), value.cellId)
        : { kind: 'unknown' };
    }),
    usesEvaluationStrategy: read.usesEvaluationStrategy || given.has('evaluation_strategy'),
  };
}

function typed<T>(field: ArgumentField<T>, text: string): PythonValue {
  if (texts.has(field.name)) return { type: 'str', value: text };
  if (/^(?:true|false)$/i.test(text)) return { type: 'bool', value: text.toLowerCase() === 'true' };
  const negative = text.startsWith('-');
  const number = parseNumber(negative ? text.slice(1) : text);
  if (number?.type !== 'int' && number?.type !== 'float') return { type: 'str', value: text };
  return negative ? { type: number.type, value: -number.value } : number;
}

const texts: ReadonlySet<string> = new Set([
  'output_dir',
  'save_strategy',
  'eval_strategy',
  'metric_for_best_model',
]);

/** What a command line alone says about a script whose source is not known: what it does not give is unknown. */
export function commandLineArguments(given: CommandLineValues, cellId: string): TrainingArguments | null {
  if (!Object.values(fieldReaders).some(({ name }) => given.has(name))) return null;
  const nothing: TrainingArguments = {
    ...unknownValues(),
    className: '',
    cellId,
    usesEvaluationStrategy: false,
  };
  return applyCommandLine(nothing, given);
}
