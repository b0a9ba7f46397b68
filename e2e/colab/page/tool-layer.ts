import * as v from 'valibot';
import type { Cell } from './cell.ts';
import type { Desk } from './desk.ts';

const Range = v.object({
  cellIndexStart: v.optional(v.number(), 0),
  cellIndexEnd: v.optional(v.number()),
  includeOutputs: v.optional(v.boolean(), false),
});
const NewCell = v.object({ cellIndex: v.number(), language: v.optional(v.string()), code: v.string() });
const CellId = v.object({ cellId: v.string() });
const Update = v.object({ cellId: v.string(), content: v.string() });
const Move = v.object({ cellId: v.string(), cellIndex: v.number() });

/** The tools that Colab's page has for Google's own MCP bridge. */
export const toolLayer = (desk: Desk) => {
  const { notebook, runner } = desk;
  const cellOf = (args: unknown): Cell => {
    const { cellId } = v.parse(CellId, args);
    const cell = notebook.cellWith(cellId);
    if (cell === null) throw new Error(`Cell not found: ${cellId}`);
    return cell;
  };
  const tools: Readonly<Record<string, (args: unknown) => unknown>> = {
    get_cells: (args) => {
      const { cellIndexStart, cellIndexEnd, includeOutputs } = v.parse(Range, args);
      const cells = notebook.cells.slice(cellIndexStart, cellIndexEnd);
      return { cells: cells.map((cell) => described(cell, includeOutputs)) };
    },
    add_code_cell: (args) => {
      const { cellIndex, code } = v.parse(NewCell, args);
      return { newCellId: notebook.insert(cellIndex, 'code', code).id };
    },
    update_cell: (args) => {
      const { content } = v.parse(Update, args);
      const cell = cellOf(args);
      cell.setSource(content);
      return { cellId: cell.id };
    },
    delete_cell: (args) => {
      const cell = cellOf(args);
      notebook.remove(cell);
      return { cellId: cell.id };
    },
    move_cell: (args) => {
      const { cellId, cellIndex } = v.parse(Move, args);
      notebook.move(cellOf(args), cellIndex);
      return { cellId };
    },
    run_code_cell: async (args) => {
      const cell = cellOf(args);
      if (!desk.connection.isConnected) throw new Error('Not connected to a runtime');
      runner.enqueue(cell);
      await ended(desk, cell);
      return { cellId: cell.id, outputs: cell.outputs.toJson() };
    },
  };
  return {
    tools: Object.entries(tools).map(([toolName, run]) => ({
      toolName,
      toolCallback: async (args: unknown) => run(args),
    })),
  };
};

const described = (cell: Cell, includeOutputs: boolean) => {
  const { cell_type, id, source, outputs } = cell.toFile();
  const lines = String(source).split(/(?<=\n)/);
  return { cell_type, id, source: lines, ...(includeOutputs ? { outputs: outputs ?? [] } : {}) };
};

const ended = (desk: Desk, cell: Cell): Promise<void> =>
  new Promise((resolve) => {
    const stop = desk.runner.changed.listen(() => {
      if (cell.status !== 'idle') return;
      stop();
      resolve();
    });
  });
