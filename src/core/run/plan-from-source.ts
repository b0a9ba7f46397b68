import type { SourceValue, TrainingArguments } from '../source/training-source.ts';
import { locateFolder } from './output-folder.ts';
import { UNKNOWN_LIMIT, type OutputFolder, type RunPlan } from './run.ts';

/** The training arguments as a plan; what could not be followed stays unknown. */
export const planFromSource = (source: TrainingArguments | null): RunPlan =>
  source === null
    ? { maxSteps: null, saveSteps: null, saveStrategy: null, saveTotalLimit: UNKNOWN_LIMIT }
    : {
        maxSteps: positive(valueOf(source.maxSteps)),
        saveSteps: valueOf(source.saveSteps),
        saveStrategy: valueOf(source.saveStrategy),
        saveTotalLimit:
          source.saveTotalLimit.kind === 'unknown' ? UNKNOWN_LIMIT : source.saveTotalLimit.value,
      };

/** Where the arguments put the checkpoints. */
export const folderFromSource = (
  source: TrainingArguments | null,
  notebookPath: string,
  serverRoot: string | null,
): OutputFolder => {
  const folder = source === null ? null : valueOf(source.outputDir);
  return folder === null ? { kind: 'unknown' } : locateFolder(folder, 'source', notebookPath, serverRoot);
};

const valueOf = <T>(value: SourceValue<T>): T | null => (value.kind === 'unknown' ? null : value.value);

/** -1 says that the length is given in epochs. */
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);
