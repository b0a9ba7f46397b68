import { code, notebook, type Notebook } from '../../e2e/notebooks/notebook.ts';

/** The cell that prints, by its place in the notebook. */
export const printingCell = 1;

/** A notebook whose second cell prints a lot and then says that it is done. */
export interface PrintingNotebook {
  readonly what: string;
  readonly book: Notebook;
}

const done = 'print("all is printed")';

/** Lines as a loop of one's own prints them: each is a step with its loss. */
export const lines = (count: number): PrintingNotebook => ({
  what: `${count.toLocaleString('en')} lines`,
  book: notebook(
    code('imports', 'import sys'),
    code('print', `for i in range(${count}):\n    print(f"step {i} loss {1 / (i + 1):.4f}")\n${done}`),
  ),
});

/** tqdm's bar as text, drawn anew at every step. */
export const redraws = (count: number): PrintingNotebook => ({
  what: `a bar redrawn ${count.toLocaleString('en')} times`,
  book: notebook(
    code('imports', 'import sys\nfrom tqdm import tqdm'),
    code(
      'print',
      `for i in tqdm(range(${count}), mininterval=0, miniters=1, file=sys.stdout):\n    pass\n${done}`,
    ),
  ),
});
