import * as v from 'valibot';
import type { Cell } from './cell.ts';
import { cellObject, type CellObject } from './cell-object.ts';
import type { Desk } from './desk.ts';
import { kernelFilesObject, kernelObject } from './kernel-object.ts';
import { toolLayer } from './tool-layer.ts';

/** A new cell is not in the list in the moment it was asked for. */
const INSERTED_AFTER_MS = 50;

const Place = v.object({ after: v.optional(v.boolean(), false), index: v.number() });

/** Puts `colab.global.notebook` on the window, with the quirks that are known of it. */
export const exposePageObjects = (desk: Desk): void => {
  const notebook = {};
  for (const part of [reading(desk), changing(desk), running(desk)]) {
    Object.defineProperties(notebook, Object.getOwnPropertyDescriptors(part));
  }
  Reflect.set(window, 'colab', { global: { notebook } });
};

const known = new WeakMap<Cell, CellObject>();

/** The same object for the same cell, each time. */
const objectOf = (cell: Cell, desk: Desk): CellObject => {
  const object = known.get(cell) ?? cellObject(cell, desk);
  known.set(cell, object);
  return object;
};

const reading = (desk: Desk) => ({
  kernel: kernelObject(desk),
  kernelFiles: kernelFilesObject(desk),
  get cells() {
    return desk.notebook.cells.map((cell) => objectOf(cell, desk));
  },
  get focusedCell() {
    return desk.notebook.focused === null ? null : objectOf(desk.notebook.focused, desk);
  },
  get busyCellIds() {
    return new Set(desk.runner.busyCells.map(({ id }) => id));
  },
  get kernelLastConnectedTimeMs() {
    return desk.connection.lastConnectedAt;
  },
});

const changing = (desk: Desk): object => {
  const { notebook, boot } = desk;
  const insertCell = (type: unknown, place: unknown) => {
    const { after, index } = v.parse(Place, place);
    const at = after ? index + 1 : index;
    setTimeout(() => notebook.insert(at, type === 'code' ? 'code' : 'markdown'), INSERTED_AFTER_MS);
  };
  const always = {
    removeCells: (cells: unknown) => {
      const ids = v.parse(v.array(v.looseObject({ getId: v.function() })), cells).map((cell) => cell.getId());
      for (const cell of notebook.cells.filter(({ id }) => ids.includes(id))) notebook.remove(cell);
    },
    focusCell: (id: unknown) => {
      const cell = notebook.cellWith(String(id));
      if (cell !== null) notebook.focus(cell);
    },
  };
  switch (boot.insert) {
    case 'tools':
      return { ...always, insertCell, addCell: insertCell, colabMcpToolsService: toolLayer(desk) };
    case 'insertCell':
      return { ...always, insertCell, addCell: insertCell };
    case 'toolbar':
    case 'none':
      return always;
    default:
      return boot.insert satisfies never;
  }
};

const running = ({ notebook, runner, connection }: Desk) => ({
  isExecuting: () => runner.isBusy,
  runAll: () => {
    if (connection.isConnected) for (const cell of notebook.cells) runner.enqueue(cell);
  },
});
