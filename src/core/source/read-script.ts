import { defaultValues, unknownValues } from './argument-fields.ts';
import { applyCommandLine, type CommandLineValues } from './command-line-arguments.ts';
import { findTraining } from './find-training.ts';
import { following, type Following } from './follow-value.ts';
import { collectNames } from './python-names.ts';
import { findResumeFlag } from './resume-flag.ts';
import { declaredOptions, optionValue, parsedArgumentsClass } from './script-parsers.ts';
import { findTrainCalls } from './train-call.ts';
import { readArgumentsOfCall, readOnlyArguments } from './training-arguments.ts';
import type { ScriptSource, TrainingArguments } from './training-source.ts';

/**
 * Reads a training script: its training arguments, with the defaults of its own parser where nothing is given, and
 * how it takes a checkpoint. `given` are the options of the command line that runs it, `cellId` the cell of that line.
 * Nothing is run; broken syntax gives `null`s.
 */
export function readScript(
  pythonSource: string,
  given: CommandLineValues = new Map(),
  cellId = '',
): ScriptSource {
  const names = collectNames([{ id: cellId, source: pythonSource }]);
  const declared = declaredOptions(following(names));
  const texts = new Map([...given].map(([key, value]) => [key, value.kind === 'known' ? value.value : null]));
  const follow: Following = following(names, (attribute) => optionValue(follow, declared, texts, attribute));
  const [call] = findTrainCalls(names, 0);
  const built = call === undefined ? readOnlyArguments(follow) : readArgumentsOfCall(follow, call);
  const parsed = parsedArgumentsClass(names);
  const read = parsed === null ? built : applyCommandLine(parsedDefaults(parsed, cellId, given), given);
  const training = call?.call.certainty === 'known' || read !== null ? null : findTraining(follow, 0);
  const transformers = read !== null || call !== undefined ? 'transformers' : null;
  return {
    framework: training?.framework ?? transformers,
    training,
    arguments: training === null ? read : null,
    resumeFlag: findResumeFlag(follow, declared),
  };
}

/** The defaults of a class that a parser fills; with a configuration file (`--config`) they are unknown. */
function parsedDefaults(className: string, cellId: string, given: CommandLineValues): TrainingArguments {
  const isConfigured = given.has('config') || given.has('config_file');
  return {
    ...(isConfigured ? unknownValues() : defaultValues()),
    className,
    cellId,
    usesEvaluationStrategy: false,
  };
}
