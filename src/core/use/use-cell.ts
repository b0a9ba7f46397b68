import { holdfastComment } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import { answerBody, answerOptions } from './answer-lines.ts';
import { freshNames, importLines, suffixOf } from './cell-names.ts';
import type { NotebookModels } from './notebook-models.ts';
import type { CellNames, Recipe, UsedCheckpoint } from './recipe.ts';

export interface UseCellInput {
  readonly models: NotebookModels;
  readonly recipe: Recipe;
  readonly checkpoint: Pick<UsedCheckpoint, 'name' | 'path' | 'step'>;
  /** For the comment line, without `#`. */
  readonly comment: string;
  /** What stands in the place of a prompt until its user writes one. */
  readonly prompt: string;
}

/**
 * Writes the cell that loads one checkpoint and asks it something, under names that the notebook does not use: nothing of
 * the user's is changed by it.
 */
export function writeUseCell({ models, recipe, checkpoint, comment, prompt }: UseCellInput): string {
  const given = freshNames(models);
  const suffix = suffixOf(checkpoint);
  const brought = recipe.imports.map(given.bring);
  const names: CellNames = {
    model: given.fresh(`model_${suffix}`),
    tokenizer: given.fresh(`tokenizer_${suffix}`),
    of: (name) => brought.find((one) => one.name === name)?.called ?? name,
  };
  const imports = importLines(brought);
  const loading = [
    ...imports,
    ...(imports.length === 0 ? [] : ['']),
    ...recipe.load(names, pythonLiteral(checkpoint.path)),
  ];
  const asking = answerBody(recipe.answers);
  if (asking === null) return cell(comment, [...loading, '', ...example(recipe, names, prompt)]);
  const question = given.fresh('prompt');
  const ask = given.fresh(`answer_${suffix}`);
  return cell(comment, [
    `${question} = ${pythonLiteral(prompt)}`,
    '',
    ...loading,
    '',
    `def ${ask}(text${answerOptions(recipe.answers)}, model=${names.model}, tokenizer=${names.tokenizer}):`,
    '    import torch',
    ...asking,
    '',
    `print(${ask}(${question}))`,
  ]);
}

const cell = (comment: string, lines: readonly string[]): string =>
  [holdfastComment(comment), ...lines].join('\n');

/** How it is asked, where only its user knows with what: as a comment, so that nothing fails. */
function example({ answers }: Recipe, { model }: CellNames, prompt: string): readonly string[] {
  switch (answers) {
    case 'embed':
      return [`print(${model}.encode([${pythonLiteral(prompt)}]))`];
    case 'pictures':
      return [`# results = ${model}("photo.jpg")`];
    case 'predict':
      return [`# predictions = ${model}.predict(inputs)`];
    case 'call':
      return [`# outputs = ${model}(inputs)`];
    case 'generate':
    case 'multimodal':
    case 'classify':
      return [];
    default:
      return answers satisfies never;
  }
}
