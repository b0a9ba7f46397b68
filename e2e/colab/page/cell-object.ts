import type { Cell } from './cell.ts';
import type { Desk } from './desk.ts';

/** How long a text set from outside takes to be there. A published extension waits as long before it sets one. */
const SET_TEXT_AFTER_MS = 300;

/** A cell as the page's own scripts see it. */
export const cellObject = (cell: Cell, desk: Desk) => ({
  element_: cell.element,
  runButton: cell.runButton.element,
  model: {
    id: cell.id,
    type: cell.type,
    get outputs() {
      return cell.outputs.toJson();
    },
    toJson: () => cell.toFile(),
  },
  getId: () => cell.id,
  getElement: () => cell.element,
  getType: () => cell.type,
  getText: () => cell.source,
  setText: (text: unknown) => {
    setTimeout(() => cell.setSource(String(text)), SET_TEXT_AFTER_MS);
  },
  isRunning: () => cell.status === 'running',
  isPending: () => cell.status === 'pending',
  getExecutionCount: () => cell.executionCount,
  hasOutput: () => cell.outputs.list.length > 0,
  setFocused: (isFocused: unknown = true) => {
    if (isFocused !== false) desk.notebook.focus(cell);
  },
  enterCell: () => {
    desk.notebook.focus(cell);
    cell.editor.focus();
  },
  /** Quietly nothing while there is no connection. */
  manualExecute: () => {
    if (desk.connection.isConnected) desk.runner.enqueue(cell);
  },
});

export type CellObject = ReturnType<typeof cellObject>;
