import * as v from 'valibot';
import { scanText } from '../../src/core/log/scanner.ts';
import type { PackageVersions } from '../../src/core/recovery/package-versions.ts';
import type { CellSource } from '../../src/core/source/training-source.ts';

const multiline = v.union([v.string(), v.array(v.string())]);

const cellSchema = v.object({
  cell_type: v.string(),
  source: v.optional(multiline, ''),
  /** Notebook format 3. */
  input: v.optional(multiline),
  outputs: v.optional(v.array(v.unknown()), []),
});

const notebookSchema = v.object({
  cells: v.optional(v.array(v.unknown())),
  worksheets: v.optional(v.array(v.object({ cells: v.array(v.unknown()) }))),
});

const streamSchema = v.object({ output_type: v.literal('stream'), text: multiline });

/** A notebook's code cells and what its stored outputs say of versions. */
export interface NotebookFile {
  /** The id of each is its index among all cells. */
  readonly cells: readonly CellSource[];
  readonly packages: PackageVersions;
}

/** Reads a notebook's JSON; what is wrong with it in one sentence. */
export function readNotebook(text: string): NotebookFile | { readonly trouble: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { trouble: 'is not a notebook: it is not JSON' };
  }
  const notebook = v.safeParse(notebookSchema, value);
  const cells = notebook.success
    ? (notebook.output.cells ?? notebook.output.worksheets?.flatMap((sheet) => sheet.cells))
    : undefined;
  if (cells === undefined) return { trouble: 'is not a notebook: it has no list of cells' };
  const read = cells.map((cell) => v.safeParse(cellSchema, cell));
  return {
    cells: read.flatMap((cell, index) =>
      cell.success && cell.output.cell_type === 'code'
        ? [{ id: String(index), source: joined(cell.output.input ?? cell.output.source) }]
        : [],
    ),
    packages: Object.assign(
      {},
      ...read.flatMap((cell) => (cell.success ? cell.output.outputs.map(versionsIn) : [])),
    ),
  };
}

const joined = (text: string | readonly string[]): string =>
  typeof text === 'string' ? text : text.join('');

const versionsIn = (output: unknown): PackageVersions => {
  const stream = v.safeParse(streamSchema, output);
  if (!stream.success) return {};
  return Object.assign({}, ...scanText(joined(stream.output.text)).map(({ packages }) => packages ?? {}));
};
