import type { PowerRoute } from '../platform.ts';
import { INSERT_ROUTES } from './insert-cell.ts';
import { isConnected } from './machine.ts';
import { allCells, isFunction, kernelObject, type ColabPage } from './notebook-object.ts';
import { removeRoute } from './remove-cell.ts';
import { runRoute } from './run-cell.ts';

/** Which way each power would take, told from what is on the page; nothing is tried. */
export const routesOn = (page: ColabPage): readonly PowerRoute[] => {
  const cells = allCells(page);
  const insert = INSERT_ROUTES.find(({ isThere }) => isThere(page));
  const firstUsed = insert === undefined ? INSERT_ROUTES.length : INSERT_ROUTES.indexOf(insert);
  return [
    single('read cells', cells.length > 0 ? 'notebook.cells' : null, 'notebook.cells'),
    {
      power: 'insert',
      route: insert?.name ?? null,
      tried: INSERT_ROUTES.slice(0, firstUsed).map(({ name }) => ({ route: name, why: 'not there' })),
    },
    single('run', runRoute(page, cells[0]?.object), 'manualExecute'),
    single('undo', removeRoute(page), 'removeCells'),
    single('connection', isConnected(page) === null ? null : 'connect button', 'connect button'),
    single(
      'files',
      isFunction(kernelObject(page), 'createTerminalSocket') ? 'runtime proxy' : 'tunnel',
      'runtime proxy',
    ),
  ];
};

const single = (power: string, route: string | null, wanted: string): PowerRoute => ({
  power,
  route,
  tried: route === null ? [{ route: wanted, why: 'not there' }] : [],
});
