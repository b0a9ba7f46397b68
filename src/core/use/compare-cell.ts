import { holdfastComment } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import { fail, ok, type Result } from '../result.ts';
import { answerBody, answerOptions } from './answer-lines.ts';
import { freshNames, importLines, type FreshNames } from './cell-names.ts';
import type { NotebookModels } from './notebook-models.ts';
import { indented } from './python-lines.ts';
import type { CellNames, NoUse, Recipe, UsedCheckpoint } from './recipe.ts';

export interface CompareCellInput {
  readonly models: NotebookModels;
  /** Of all of them: one kind. */
  readonly recipe: Recipe;
  /** In the order of the columns. */
  readonly checkpoints: readonly Pick<UsedCheckpoint, 'name' | 'path'>[];
  readonly comment: string;
  readonly prompts: readonly string[];
  /** What stands over the answers of the model that adapters were trained on. */
  readonly baseTitle: string;
}

/**
 * Writes the cell that puts the same prompts to several checkpoints and shows the answers in a table, a column each: one is
 * loaded after another and its memory freed before the next; what goes wrong with one stands in its column. All of it
 * happens in a function, so that four names are all that is left in the notebook.
 */
export function writeCompareCell(input: CompareCellInput): Result<string, NoUse> {
  const { models, recipe, checkpoints, comment, prompts } = input;
  const asking = answerBody(recipe.answers);
  if (asking === null) return fail('not-comparable');
  const given = freshNames(models);
  const names: Names = {
    prompts: given.fresh('prompts'),
    checkpoints: given.fresh('checkpoints'),
    compare: given.fresh('compare_checkpoints'),
    model: given.fresh('compared_model'),
    tokenizer: given.fresh('compared_tokenizer'),
    column: given.fresh('compared_name'),
    path: given.fresh('compared_path'),
    // Inside the function its own imports are the nearest.
    of: (name) => name,
  };
  const lines = [
    `${names.prompts} = [`,
    ...prompts.map((prompt) => `    ${pythonLiteral(prompt)},`),
    ']',
    `${names.checkpoints} = {`,
    ...checkpoints.map(({ name, path }) => `    ${pythonLiteral(name)}: ${pythonLiteral(path)},`),
    '}',
    '',
    `def ${names.compare}():`,
    ...indented([
      'import gc, html, torch',
      'from IPython.display import HTML, display',
      ...ownImports(recipe),
      '',
      `def answer(text, model, tokenizer${answerOptions(recipe.answers)}):`,
      ...asking,
      '',
      ...answersOf(names),
      '',
      ...table(names),
      '',
      ...(recipe.base === null
        ? onAfterAnother(names, recipe)
        : onOneBase(names, recipe.base, baseColumn(given, input))),
    ]),
    '',
    `${names.compare}()`,
  ];
  return ok([holdfastComment(comment), ...lines].join('\n'));
}

interface Names extends CellNames {
  readonly prompts: string;
  readonly checkpoints: string;
  readonly compare: string;
  readonly column: string;
  readonly path: string;
}

const ownImports = ({ imports }: Recipe): readonly string[] =>
  importLines(
    imports
      .filter(({ module, name }) => module !== null || name !== 'torch')
      .map(({ module, name }) => ({ module, name, called: name })),
  );

/** A checkpoint could have the name that stands over the model without training. */
const baseColumn = (given: FreshNames, { baseTitle, checkpoints }: CompareCellInput): string =>
  pythonLiteral(checkpoints.some(({ name }) => name === baseTitle) ? given.fresh('base_model') : baseTitle);

/** Greedy answers need no seed; a model whose own settings sample has the same one for each. */
const answersOf = ({ prompts }: Names): readonly string[] => [
  'def answers(model, tokenizer):',
  '    torch.manual_seed(0)',
  `    return [answer(prompt, model, tokenizer) for prompt in ${prompts}]`,
  '',
  'def free():',
  '    gc.collect()',
  '    if torch.cuda.is_available():',
  '        torch.cuda.empty_cache()',
];

/** Everything in it is escaped: answers may hold anything. */
const table = ({ prompts }: Names): readonly string[] => [
  'columns = {}',
  '',
  'def cell(kind, text, more=""):',
  '    style = "text-align:left; vertical-align:top; white-space:pre-wrap; overflow-wrap:anywhere; min-width:9em"',
  `    return f'<{kind}{more} style="{style}">{html.escape(text)}</{kind}>'`,
  '',
  'def table():',
  '    head = "".join(cell("th", title) for title in columns)',
  '    rows = ""',
  `    for number, prompt in enumerate(${prompts}):`,
  '        rows += "<tr>" + cell("th", prompt)',
  '        for found in columns.values():',
  '            if isinstance(found, list):',
  '                rows += cell("td", found[number] if found else "…")',
  '            elif number == 0:',
  `                rows += cell("td", found, f' rowspan="{len(${prompts})}"')`,
  '        rows += "</tr>"',
  '    return HTML(f"<table><tr><td></td>{head}</tr>{rows}</table>")',
];

/** Each is loaded whole, and gone before the next. */
const onAfterAnother = (names: Names, { load }: Recipe): readonly string[] => [
  `columns.update({title: [] for title in ${names.checkpoints}})`,
  'shown = display(table(), display_id=True)',
  `for ${names.column}, ${names.path} in ${names.checkpoints}.items():`,
  `    ${names.model} = ${names.tokenizer} = None`,
  '    try:',
  ...indented(load(names, names.path), 2),
  `        columns[${names.column}] = answers(${names.model}, ${names.tokenizer})`,
  '    except Exception as error:',
  `        columns[${names.column}] = f"{type(error).__name__}: {error}"`,
  `    ${names.model} = ${names.tokenizer} = None`,
  '    free()',
  '    shown.update(table())',
];

/**
 * The base model once, and the adapters one after another onto it. One that fails before any was taken may leave the base
 * half changed: then it is loaded anew; later ones leave at most an adapter that nobody asks (peft/peft_model.py, 0.21).
 */
const onOneBase = (
  names: Names,
  base: (names: CellNames) => readonly string[],
  title: string,
): readonly string[] => [
  `columns.update({title: [] for title in [${title}, *${names.checkpoints}]})`,
  'shown = display(table(), display_id=True)',
  `${names.model} = ${names.tokenizer} = adapted = None`,
  `for number, ${names.column} in enumerate(columns):`,
  '    try:',
  `        if ${names.model} is None:`,
  ...indented(base(names), 3),
  `        ${names.path} = ${names.checkpoints}.get(${names.column})`,
  `        if ${names.path} is None:`,
  `            asked = ${names.model}`,
  '        elif adapted is None:',
  `            asked = adapted = PeftModel.from_pretrained(${names.model}, ${names.path}, adapter_name=f"adapter_{number}")`,
  '        else:',
  `            adapted.load_adapter(${names.path}, adapter_name=f"adapter_{number}")`,
  '            adapted.set_adapter(f"adapter_{number}")',
  '            asked = adapted',
  `        columns[${names.column}] = answers(asked.eval(), ${names.tokenizer})`,
  '    except Exception as error:',
  `        columns[${names.column}] = f"{type(error).__name__}: {error}"`,
  '        asked = None',
  '        if adapted is None:',
  `            ${names.model} = None`,
  '    free()',
  '    shown.update(table())',
  `${names.model} = ${names.tokenizer} = adapted = asked = None`,
  'free()',
];
