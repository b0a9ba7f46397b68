/** A notebook as nbformat 4.5 has it (https://nbformat.readthedocs.io/en/latest/format_description.html). */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: {
    readonly kernelspec: { readonly display_name: string; readonly language: string; readonly name: string };
    readonly language_info: { readonly name: string };
  };
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

export type Cell = CodeCell | MarkdownCell;

export interface CodeCell {
  readonly cell_type: 'code';
  readonly id: string;
  readonly metadata: Record<string, never>;
  readonly execution_count: null;
  readonly outputs: readonly never[];
  readonly source: string;
}

export interface MarkdownCell {
  readonly cell_type: 'markdown';
  readonly id: string;
  readonly metadata: Record<string, never>;
  readonly source: string;
}

/** @param id 1–64 letters, digits, `-` and `_`, unique in the notebook */
export const code = (id: string, source: string): CodeCell => ({
  cell_type: 'code',
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source: source.trim(),
});

export const markdown = (id: string, source: string): MarkdownCell => ({
  cell_type: 'markdown',
  id,
  metadata: {},
  source: source.trim(),
});

export const notebook = (...cells: readonly Cell[]): Notebook => ({
  cells,
  metadata: {
    kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  },
  nbformat: 4,
  nbformat_minor: 5,
});

/** Where a cell stands, counted as the page counts: markdown cells too. */
export const indexOf = (book: Notebook, id: string): number => {
  const index = book.cells.findIndex((cell) => cell.id === id);
  if (index < 0) throw new Error(`no cell "${id}" in the notebook`);
  return index;
};
