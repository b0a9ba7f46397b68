import { locateFolder } from '../core/run/output-folder.ts';
import { commandWay } from '../core/recovery/idioms/commands.ts';
import { scriptWay, type ScriptWay } from '../core/recovery/resume-script-call.ts';
import { readScript } from '../core/source/read-script.ts';
import type { GivenArgument } from '../core/source/given-argument.ts';
import { givenArguments } from '../core/source/given-arguments.ts';
import { readTraining, writtenScript } from '../core/source/read-training.ts';
import type { CellSource, ScriptCall, ScriptSource, TrainingSource } from '../core/source/training-source.ts';
import { readText } from '../runtime/text-file.ts';
import { placeOf } from './colab-site.ts';
import { hasCells, type Notebook } from './notebook.ts';
import { readCells } from './page-link.ts';
import type { ServerDesk } from './server-desk.ts';

/** Longest script that is read for its arguments, in bytes. */
const MAX_SCRIPT_BYTES = 512 * 1024;

/** A cell that ran, whatever it says by now. */
export interface RanCell {
  readonly executionId: string;
  readonly cellId: string | null;
  readonly source: string;
}

/** What a cell that trains says, and how its script takes a checkpoint; `null` where no script trains. */
export interface ReadTraining extends TrainingSource {
  readonly way: ScriptWay | null;
  /** All that the code gives to the training by name. */
  readonly given: readonly GivenArgument[];
}

export interface TrainingReader {
  /** What the notebook and, for `!python …`, the script say about a cell. */
  training(record: Notebook, cell: RanCell): Promise<ReadTraining>;
  /** The script that a cell runs: from the `%%writefile` cell that made it, else from the server. */
  script(record: Notebook, call: ScriptCall): Promise<ScriptSource | null>;
}

export const createTrainingReader = (servers: ServerDesk): TrainingReader => {
  const scriptIn = async (
    record: Notebook,
    cells: readonly CellSource[],
    call: ScriptCall,
  ): Promise<ScriptSource | null> => {
    const written = writtenScript(cells, call);
    if (written !== null) return readScript(written);
    if (call.directory === null) return null;
    const path = [call.directory, call.script].filter((part) => part !== '').join('/');
    const { notebookPath, serverRoot } = placeOf(record);
    const place = locateFolder(path, 'source', notebookPath, serverRoot);
    if (place.kind !== 'known') return null;
    const text = await servers.ask(record, ({ address, access }) =>
      readText(address, place.onServer, MAX_SCRIPT_BYTES, access),
    );
    return text.ok ? readScript(text.value) : null;
  };

  return {
    async training(record, cell) {
      const cellId = cell.cellId ?? cell.executionId;
      const known = await cellsOf(record);
      const above = known.findIndex(({ id }) => id === cellId);
      const cells = [...(above < 0 ? known : known.slice(0, above)), { id: cellId, source: cell.source }];
      const training = readTraining(cells, cellId);
      const given = givenArguments(cells, cellId, training);
      const inCell = training.call !== null || training.training !== null;
      if (training.script === null || inCell) return { ...training, given, way: wayOf(training) };
      const script = await scriptIn(record, cells, training.script);
      return {
        ...training,
        given,
        framework: training.framework ?? script?.framework ?? null,
        scriptTraining: training.scriptTraining ?? script?.training ?? null,
        arguments: training.arguments ?? script?.arguments ?? null,
        way: scriptWay(script),
      };
    },
    script: async (record, call) => scriptIn(record, await cellsOf(record), call),
  };
};

/** A page without cells is read from what its kernel was given. */
const cellsOf = async (record: Notebook): Promise<readonly CellSource[]> =>
  hasCells(record) ? readCells(record) : record.heard;

/** Of a program that is known its command line tells; what trains in the cell itself is no script. */
const wayOf = ({ training }: TrainingSource): ScriptWay | null =>
  training?.site.kind === 'command' ? commandWay(training.site) : null;
