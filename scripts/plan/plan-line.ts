import { planFromSource } from '../../src/core/run/plan-from-source.ts';
import { forecastSaves } from '../../src/core/run/plan/save-forecast.ts';
import { eachField } from '../../src/core/source/argument-fields.ts';
import { notebookTraining, type NotebookTraining } from '../../src/core/source/notebook-training.ts';
import { pinnedVersions } from '../../src/core/source/pinned-versions.ts';
import type { TrainingArguments } from '../../src/core/source/training-source.ts';
import type { NotebookFile } from './read-notebook.ts';

/** What is printed of one notebook; see the head of `scripts/plan.ts`. */
export function planLine(notebook: string, { cells, packages }: NotebookFile): object {
  const found = notebookTraining(cells);
  const training = found?.training ?? null;
  const versions = { ...packages, ...pinnedVersions(cells) };
  const forecast =
    training === null
      ? null
      : forecastSaves(planFromSource(training), {
          total: null,
          transformers: versions['transformers'] ?? null,
        });
  return {
    notebook,
    train: found === null ? null : { cell: Number(found.cellId), variable: trainerOf(found) },
    arguments: training === null || training.arguments === null ? null : argumentsOf(training.arguments),
    verdict: forecast?.verdict ?? 'unknown',
    saves_at: forecast?.savesAt ?? [],
    kept_at_end: forecast?.keptAtEnd ?? [],
  };
}

/** What is called to train; `null` where a loop or a program trains. */
const trainerOf = ({ trainer, training: { training } }: NotebookTraining): string | null =>
  trainer ?? (training?.site.kind === 'call' && training.site.object !== '' ? training.site.object : null);

function argumentsOf(read: TrainingArguments): object {
  const values: Record<string, unknown> = {};
  const given: string[] = [];
  const unknown: string[] = [];
  eachField((field) => {
    const value = field.of(read);
    values[field.name] = value.kind === 'unknown' ? null : value.value;
    if (value.kind === 'known') given.push(field.name);
    if (value.kind === 'unknown') unknown.push(field.name);
    return value;
  });
  return { cell: Number(read.cellId), class: read.className, ...values, given, unknown };
}
