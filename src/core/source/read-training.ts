import { findCommand } from './commands/find-command.ts';
import { commandLineArguments, commandLineValues } from './command-line-arguments.ts';
import { findTraining, mentionsTraining } from './find-training.ts';
import { following, type Following } from './follow-value.ts';
import { readIpythonCell } from './ipython-cell.ts';
import { posixPath, joinPath } from './posix-path.ts';
import { collectNames } from './python-names.ts';
import { readScript } from './read-script.ts';
import { looksLikeTraining, scriptCommands, type ScriptCommand } from './script-command.ts';
import { findTrainCalls } from './train-call.ts';
import { readArgumentsOfCall } from './training-arguments.ts';
import type { CellSource, ScriptCall, TrainingSource } from './training-source.ts';

/**
 * What the notebook's code says about the training in one cell, without running anything.
 *
 * `cells` are the notebook's code cells in its order. What stands above the training cell counts; cells below only for
 * names that have no definition above. With several training calls in the cell, the first with a known trainer is
 * meant, else the first. An unknown `trainingCellId` gives nothing.
 */
export function readTraining(cells: readonly CellSource[], trainingCellId: string): TrainingSource {
  const index = cells.findIndex(({ id }) => id === trainingCellId);
  const source = cells[index]?.source;
  if (source === undefined) return nothing;
  const follow = following(collectNames(cells));
  const calls = findTrainCalls(follow.names, index);
  const found = calls.find(({ call }) => call.certainty === 'known') ?? calls[0];
  const command = trainingCommand(source);
  const script = command === null ? null : scriptCall(command, trainingCellId);
  const certain = found?.call.certainty === 'known';
  const training = certain ? null : (findTraining(follow, index) ?? findCommand(follow, source, index));
  if (training !== null) return { ...nothing, framework: training.framework, training, script };
  if (found !== undefined) {
    const read = readArgumentsOfCall(follow, found);
    return { ...nothing, framework: 'transformers', call: found.call, script, arguments: read };
  }
  const read = command === null ? null : readScriptCommand(follow, cells, index, command);
  return read === null ? { ...nothing, script } : { ...read, script };
}

const nothing: TrainingSource = {
  framework: null,
  training: null,
  scriptTraining: null,
  call: null,
  script: null,
  arguments: null,
};

/** The ids of the cells that train when they run: by a call or a loop, or by a program that looks like training. */
export function trainingCells(cells: readonly CellSource[]): ReadonlySet<string> {
  const mayTrain = ({ source }: CellSource): boolean =>
    mentionsTraining(source) || /train|tune|\.py\b|%run\b/.test(source);
  if (!cells.some(mayTrain)) return new Set();
  const follow = following(collectNames(cells));
  return new Set(cells.filter((cell, index) => trains(follow, cell.source, index)).map(({ id }) => id));
}

const trains = (follow: Following, source: string, index: number): boolean =>
  findTrainCalls(follow.names, index).length > 0 ||
  findTraining(follow, index) !== null ||
  scriptCommands(source).some((command) => looksLikeTraining(source, command)) ||
  findCommand(follow, source, index) !== null;

/** The source of a script when a cell of the notebook writes it (`%%writefile train.py`), or `null`. */
export function writtenScript(cells: readonly CellSource[], script: ScriptCall): string | null {
  if (script.directory === null) return null;
  const wanted = posixPath([joinPath([script.directory ?? '', script.script])]);
  const own = cells.findIndex(({ id }) => id === script.cellId);
  const written = cells.flatMap(({ source }, index) => {
    const file = readIpythonCell(source).writtenFile;
    return file !== null && posixPath([file.path]) === wanted ? [{ index, source: file.source }] : [];
  });
  return (written.findLast(({ index }) => index < own) ?? written.at(-1))?.source ?? null;
}

function trainingCommand(source: string): ScriptCommand | null {
  const commands = scriptCommands(source);
  return commands.find((command) => looksLikeTraining(source, command)) ?? commands[0] ?? null;
}

function scriptCall({ from, to, script, directory }: ScriptCommand, cellId: string): ScriptCall {
  return { cellId, script, from, to, ...(directory === '' ? {} : { directory }) };
}

/** What a script's command line and, when a cell writes it, its source say; `null`: nothing. */
function readScriptCommand(
  follow: Following,
  cells: readonly CellSource[],
  index: number,
  command: ScriptCommand,
): Omit<TrainingSource, 'script'> | null {
  const cell = cells[index];
  if (cell === undefined) return null;
  const given = commandLineValues(follow, cell.source, command, { cell: index, at: command.from });
  const source = writtenScript(cells, scriptCall(command, cell.id));
  if (source === null) {
    return { ...nothing, arguments: commandLineArguments(given, cell.id) };
  }
  const { framework, training, arguments: read } = readScript(source, given, cell.id);
  return { ...nothing, framework, scriptTraining: training, arguments: read };
}
