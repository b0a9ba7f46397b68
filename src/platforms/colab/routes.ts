import type { PowerRoute } from '../platform.ts';
import { connectionRoutes } from './connection.ts';
import { fileRoutes, uploadRoutes } from './file-access.ts';
import { INSERT_ROUTES } from './insert-cell.ts';
import { allCells, type ColabPage } from './notebook-object.ts';
import { removeRoutes } from './remove-cell.ts';
import { runRoutes } from './run-cell.ts';

/** Which way each power would take, told from what is on the page; nothing is tried. */
export const routesOn = (page: ColabPage, hearsKernel: boolean): readonly PowerRoute[] => {
  const cells = allCells(page);
  const inserts = INSERT_ROUTES.filter(({ isThere }) => isThere(page)).map(({ name }) => name);
  return [
    routed('read cells', ['notebook.cells'], cells.length > 0 ? ['notebook.cells'] : []),
    routed(
      'insert',
      INSERT_ROUTES.map(({ name }) => name),
      inserts,
    ),
    routed('run', ['manualExecute', 'tool layer'], runRoutes(page, cells[0]?.object)),
    routed('undo', ['tool layer', 'removeCells'], removeRoutes(page)),
    routed('outputs', OUTPUTS, hearsKernel ? OUTPUTS : OUTPUTS.slice(1)),
    routed('connection', ['kernel.isConnected', 'connect button'], connectionRoutes(page)),
    routed('files', ['runtime proxy', 'tunnel'], fileRoutes(page)),
    routed('upload', ['runtime proxy', 'tunnel', 'kernelFiles.write'], uploadRoutes(page)),
  ];
};

const OUTPUTS = ['kernel socket', 'page and output frames'] as const;

/** The first way that is there is used; the ones before it are told as missing. */
const routed = (power: string, ways: readonly string[], there: readonly string[]): PowerRoute => {
  const used = ways.findIndex((way) => there.includes(way));
  const missing = used === -1 ? ways : ways.slice(0, used);
  return {
    power,
    route: ways[used] ?? null,
    tried: missing.map((route) => ({ route, why: 'not there' })),
  };
};
