import { stepOfCheckpointName } from '../core/checkpoint/checkpoint-name.ts';
import { isHoldfastCell } from '../core/recovery/holdfast-cell.ts';
import { resumesByHand } from '../core/recovery/idioms/by-hand.ts';
import type { TrainingSource } from '../core/source/training-source.ts';
import { beginRun, continueRun, type NewRun, type Run, type WentOnFrom } from '../core/run/run.ts';
import { folderFromSource, planFromSource } from '../core/run/plan-from-source.ts';
import { safeCheckpoint } from '../core/run/saves.ts';
import { placeOf } from './colab-site.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { RanCell, ReadTraining, TrainingReader } from './training-reading.ts';

/** A cell that began to run. */
export interface BegunCell extends RanCell {
  readonly kernelId: string;
  readonly at: number;
}

/** As an argument of Python or of a command line, in a cell that this kernel was given. */
const IGNORES_DATA_SKIP = /\bignore_data_skip(?:\s*=\s*True|\s*['"]\s*:\s*True|\s*$|\s+(?!=|False\b))/m;

/** Only a cell that could train is read more closely, for which the page is asked: by its words. */
const COULD_TRAIN =
  /train|python|%run|torch|accelerate|launch|fit|learn|tun(?:e|ing)|epoch|backward|yolo|fairseq|spacy|allennlp|onmt/i;
/** A loop or a `main()` may lead to it, where a cell before has what trains. */
const MAY_LEAD_TO_IT = /\bmain\(|\brun\w*\(|^[ \t]*(?:for|while)\b/m;
const HAS_WHAT_TRAINS = /backward|optim|gradient|train/i;

const couldTrain = ({ heard }: Notebook, source: string): boolean =>
  COULD_TRAIN.test(source) ||
  (MAY_LEAD_TO_IT.test(source) && heard.some((before) => HAS_WHAT_TRAINS.test(before.source)));

/** Begins a run if the source of the cell says that it trains. */
export const startRunFromSource = async (
  store: NotebookStore,
  reader: TrainingReader,
  id: string,
  cell: BegunCell,
): Promise<boolean> => {
  const record = store.get(id);
  if (record === null || !couldTrain(record, cell.source)) return false;
  const training = await reader.training(record, cell);
  const inScript = training.arguments !== null || training.scriptTraining !== null;
  if (training.call === null && training.training === null && (training.script === null || !inScript))
    return false;
  if (isIdleBeside(record, cell, training)) return false;
  begin(store, id, cell, training);
  return true;
};

/**
 * A loop that is not seen to save anything (an exercise, a baseline) does not take the place of a run that was lost and can
 * be gone on with; its output may still begin one.
 */
const isIdleBeside = ({ run }: Notebook, cell: BegunCell, { training }: TrainingSource): boolean =>
  run?.phase.kind === 'lost' &&
  run.cellId !== cell.cellId &&
  training !== null &&
  training.folders.length === 0 &&
  !isHoldfastCell(cell.source) &&
  safeCheckpoint(run) !== null;

/** Begins a run for a cell whose source did not tell, because its output shows that it trains. */
export const startRunFromOutput = async (
  store: NotebookStore,
  reader: TrainingReader,
  id: string,
  cell: BegunCell,
): Promise<void> => {
  const record = store.get(id);
  if (record !== null) begin(store, id, cell, await reader.training(record, cell));
};

const begin = (store: NotebookStore, id: string, cell: BegunCell, training: ReadTraining): void => {
  store.change(id, (notebook) => {
    const { notebookPath, serverRoot } = placeOf(notebook);
    const start: NewRun = {
      id: `${cell.executionId}@${cell.at}`,
      kernelId: cell.kernelId,
      executionId: cell.executionId,
      cellId: cell.cellId,
      source: cell.source,
      startedAt: cell.at,
      plan: planFromSource(training),
      framework: training.framework,
      folder: folderFromSource(training, notebookPath, serverRoot),
      script: training.way,
      given: training.given,
      packages: notebook.setup.packages,
    };
    const lost = goesOn(notebook, cell.source, training) ? notebook.run : null;
    const from = lost === null ? null : whereFrom(lost, notebook.inserted?.checkpoint ?? null);
    const resumes = lost !== null && from !== null;
    return {
      ...notebook,
      connection: { kind: 'connected' },
      run: resumes ? continueRun(start, lost, from, skipsData(notebook, training)) : beginRun(start),
      runSetup: notebook.setup.runs.length > 0 || !resumes ? notebook.setup : notebook.runSetup,
      lookMemory: resumes ? notebook.lookMemory : null,
      inserted: resumes ? notebook.inserted : null,
      insertFailure: null,
      copyText: null,
      resumeImpossible: null,
      undone: false,
      recovery: notebook.recovery?.status === 'running' ? notebook.recovery : null,
    };
  });
};

/** Only the Hugging Face Trainer goes through the batches that were done; of what is not known it may be one. */
const skipsData = ({ heard }: Notebook, { framework }: TrainingSource): boolean =>
  (framework === null || framework === 'transformers') &&
  !heard.some(({ source }) => IGNORES_DATA_SKIP.test(source));

/** Our own cell, or a call that the user made to resume: the run before goes on. */
const goesOn = ({ run }: Notebook, source: string, { framework, training }: TrainingSource): boolean =>
  run !== null &&
  (run.phase.kind === 'lost' || run.phase.kind === 'stopped') &&
  (isHoldfastCell(source) || resumesByHand(source, framework, training));

/** The checkpoint that the inserted cell names; without such a cell the newest whole one. */
const whereFrom = (lost: Run, inserted: string | null): WentOnFrom | null => {
  const name = inserted?.split('/').findLast((part) => part !== '') ?? null;
  const named = name === null ? undefined : lost.checkpoints.find((checkpoint) => checkpoint.name === name);
  if (named !== undefined) return named;
  const step = name === null ? null : stepOfCheckpointName(name);
  return name === null || step === null
    ? safeCheckpoint(lost)
    : { name, framework: 'transformers', step, epoch: null };
};
