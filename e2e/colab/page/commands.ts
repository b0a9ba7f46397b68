import type { Cell } from './cell.ts';
import type { Desk } from './desk.ts';
import type { MenuCommand } from './toolbar.ts';

/** What the user asks for by the menu and by a cell's button. */
export interface Commands {
  readonly choose: (command: MenuCommand) => void;
  readonly pressRun: (cell: Cell) => void;
  readonly runFocused: () => void;
}

export const newCommands = ({ notebook, runner, connection }: Desk): Commands => {
  /** A user who runs something is connected without asking. */
  const run = (cells: readonly Cell[]) => {
    for (const cell of cells) runner.enqueue(cell);
    if (connection.state === 'connect') void connection.connect();
  };
  const aroundFocus = () => {
    const at = notebook.focused === null ? 0 : notebook.cells.indexOf(notebook.focused);
    return { before: notebook.cells.slice(0, at), from: notebook.cells.slice(at) };
  };
  const runFocused = () => run(aroundFocus().from.slice(0, 1));
  const actions: Readonly<Record<MenuCommand, () => void>> = {
    runall: () => run(notebook.cells),
    runbefore: () => run(aroundFocus().before),
    runfocused: runFocused,
    runafter: () => run(aroundFocus().from),
    interrupt: () => void runner.interrupt(),
    restart: () => void runner.restart(),
  };
  return {
    choose: (command) => actions[command](),
    pressRun: (cell) => {
      if (cell.status === 'idle') run([cell]);
      else void runner.interrupt();
    },
    runFocused,
  };
};
