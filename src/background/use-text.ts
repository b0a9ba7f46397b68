import { translate } from '../browser/translate.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Run, SeenCheckpoint } from '../core/run/run.ts';
import { chooseRecipe } from '../core/use/choose-recipe.ts';
import { writeCompareCell } from '../core/use/compare-cell.ts';
import { promptsOf, readNotebookModels } from '../core/use/notebook-models.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { UsedCheckpoint } from '../core/use/recipe.ts';
import { writeUseCell } from '../core/use/use-cell.ts';
import type { UseTrouble } from '../protocol/use-view.ts';
import type { Notebook } from './notebook.ts';
import type { ServerDesk } from './server-desk.ts';
import type { TrainingReader } from './training-reading.ts';
import { readUsedCheckpoint } from './used-checkpoint.ts';

/** The text of the cell that loads one checkpoint, or that compares several: the first that was chosen comes first. */
export const composeUse = async (
  servers: Pick<ServerDesk, 'ask'>,
  reader: TrainingReader,
  record: Notebook,
  run: Run,
  cells: readonly CellSource[],
  chosen: readonly SeenCheckpoint[],
): Promise<Result<string, UseTrouble>> => {
  const { folder } = run;
  if (folder.kind !== 'known') return fail('folder-unknown');
  const read = await Promise.all(
    chosen.map((checkpoint) => readUsedCheckpoint(servers, record, folder, checkpoint)),
  );
  const unread = read.find((one) => !one.ok);
  if (unread?.ok === false) return unread;
  const checkpoints = read.flatMap((one) => (one.ok ? [one.value] : []));
  const { training } = await reader.training(record, run);
  const models = readNotebookModels(cells);
  const recipes = checkpoints.map((checkpoint) => chooseRecipe(models, training, checkpoint));
  const [first] = recipes;
  if (first === undefined) return fail('not-on-disk');
  const [only] = checkpoints;
  if (checkpoints.length === 1 && only !== undefined)
    return first.ok ? ok(useCell(models, first.value, only)) : first;
  // One that is broken has its error in its own column; the others tell how they are loaded.
  const known = recipes.flatMap((recipe) => (recipe.ok ? [recipe.value] : []));
  const [recipe] = known;
  if (recipe === undefined) return first.ok ? fail('no-config') : first;
  if (known.some(({ kind }) => kind !== recipe.kind)) return fail('different-kinds');
  return writeCompareCell({
    models,
    recipe,
    checkpoints,
    comment: translate('cell_comment_compare', []),
    prompts: promptsFor(models),
    baseTitle: translate('cell_compare_base', []),
  });
};

type Models = ReturnType<typeof readNotebookModels>;
type Recipe = Parameters<typeof writeUseCell>[0]['recipe'];

const useCell = (models: Models, recipe: Recipe, checkpoint: UsedCheckpoint): string =>
  writeUseCell({
    models,
    recipe,
    checkpoint,
    comment: translate('cell_comment_use', [checkpoint.name]),
    prompt: translate('cell_use_prompt', []),
  });

const promptsFor = (models: Models): readonly string[] => {
  const own = promptsOf(models);
  return own.length > 0 ? own : ['1', '2', '3'].map((number) => translate('cell_compare_prompt', [number]));
};
