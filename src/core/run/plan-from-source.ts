import type { FrameworkTraining } from '../source/framework-training.ts';
import { joinPath } from '../source/posix-path.ts';
import type { SourceValue, TrainingArguments, TrainingSource } from '../source/training-source.ts';
import { locateFolder } from './output-folder.ts';
import { UNKNOWN_LIMIT, type OutputFolder, type RunPlan } from './run.ts';

/** What the code says of a run's length and its saves as a plan; what could not be followed stays unknown. */
export const planFromSource = (source: TrainingSource): RunPlan => {
  const { arguments: given } = source;
  if (given === null) return planOfFramework(source.training ?? source.scriptTraining);
  const strategy = given.saveStrategy;
  return {
    maxSteps: positive(valueOf(given.maxSteps)),
    maxEpochs: epochsOf(given),
    saveSteps: valueOf(given.saveSteps),
    saveStrategy: valueOf(strategy),
    saveTotalLimit: limitOf(given),
    evaluation: {
      strategy: valueOf(given.evalStrategy),
      steps: evalStepsOf(given),
      loadsBest: valueOf(given.loadBestModelAtEnd),
      hasMetric: given.metricForBestModel.kind === 'known' && given.metricForBestModel.value !== null,
      oldName: given.usesEvaluationStrategy,
    },
    isSilent: strategy.kind === 'default' && strategy.value === 'no',
  };
};

/** Epochs count only where `max_steps` is surely not given. */
const epochsOf = ({ maxSteps, numTrainEpochs }: TrainingArguments): number | null =>
  maxSteps.kind !== 'unknown' && maxSteps.value <= 0 ? positive(valueOf(numTrainEpochs)) : null;

/** 0 and below keep all, as `None` does (`rotate_checkpoints`). */
const limitOf = ({ saveTotalLimit }: TrainingArguments): number | null =>
  saveTotalLimit.kind === 'unknown' ? UNKNOWN_LIMIT : positive(saveTotalLimit.value);

/** The Trainer evaluates as often as it logs where it is not told how often. */
const evalStepsOf = ({ evalSteps, loggingSteps }: TrainingArguments): number | null =>
  evalSteps.kind === 'unknown' ? null : (positive(evalSteps.value) ?? valueOf(loggingSteps));

const planOfFramework = (training: FrameworkTraining | null): RunPlan => ({
  maxSteps: training === null ? null : positive(valueOf(training.steps)),
  maxEpochs: training === null ? null : positive(valueOf(training.epochs)),
  saveSteps: null,
  saveStrategy: null,
  saveTotalLimit: UNKNOWN_LIMIT,
});

/**
 * Where the code puts the checkpoints: the first folder that is known. A command after a `cd` counts from there; how the
 * folder is written stays as the command has it, for that is how its program must be given a checkpoint.
 */
export const folderFromSource = (
  source: TrainingSource,
  notebookPath: string,
  serverRoot: string | null,
): OutputFolder => {
  const asWritten = folderOf(source);
  const directory = directoryOf(source);
  if (asWritten === null || directory === null) return { kind: 'unknown' };
  const place = locateFolder(joinPath([directory, asWritten]), 'source', notebookPath, serverRoot);
  return place.kind === 'unknown' ? place : { ...place, asWritten };
};

const folderOf = ({ arguments: given, training, scriptTraining }: TrainingSource): string | null => {
  if (given !== null) return valueOf(given.outputDir);
  const folders = (training ?? scriptTraining)?.folders ?? [];
  return folders.map(valueOf).find((folder) => folder !== null) ?? null;
};

/** `''`: the kernel's own folder; `null`: it cannot be followed. */
const directoryOf = ({ call, training, script }: TrainingSource): string | null => {
  if (training !== null) return training.site.kind === 'command' ? training.site.directory : '';
  return call !== null || script?.directory === undefined ? '' : script.directory;
};

const valueOf = <T>(value: SourceValue<T>): T | null => (value.kind === 'unknown' ? null : value.value);

/** -1 says that the length is given in epochs, or has no end. */
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);
