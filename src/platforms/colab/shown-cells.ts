import type { ShownSighting } from '../platform.ts';
import { cellById, executionCount, type ColabPage } from './notebook-object.ts';
import { noticeOn } from './notices.ts';
import { observeOutput } from './observe-output.ts';
import { shownOutput } from './shown-output.ts';

const ID_PREFIX = 'cell-';
/** What a cell printed last is drawn a moment after the cell ended. */
const LAST_DRAW_MS = 250;

interface RunningCell {
  readonly life: AbortController;
  readonly snackbarBefore: boolean;
  /** Tells the end, which waits for the last lines to be drawn. */
  end: (() => void) | null;
}

/**
 * What the page shows of its cells: which one begins and ends, and what is drawn below it. For pages whose kernel is not
 * heard; `isNeeded` is asked at each change, and while it says no nothing is read.
 *
 * Sources: `div.cell` in `.notebook-cell-list` with the class `running` and the id `cell-ID`; the class `error` inside
 * the open shadow root of `colab-run-button` (saved pages, 2023–2026).
 */
export const watchShownCells = (
  page: ColabPage,
  isNeeded: () => boolean,
  tell: (sighting: ShownSighting) => void,
  signal: AbortSignal,
): void => {
  const list = page.document.querySelector('.notebook-cell-list');
  if (list === null) return;
  const running = new Map<Element, RunningCell>();

  const began = (element: Element): void => {
    const cell = cellById(page, idOf(element));
    if (cell === null) return;
    const life = new AbortController();
    running.set(element, { life, snackbarBefore: isSnackbarOpen(page), end: null });
    tell({ kind: 'cell-began', cellId: cell.id, source: cell.source, count: countOf(executionCount(cell)) });
    const output = element.querySelector('.output');
    const read = (): void => tell({ kind: 'output', cellId: cell.id, output: shownOutput(element) });
    if (output !== null) observeOutput(output, read, life.signal);
  };
  const ended = (element: Element, { life, snackbarBefore }: RunningCell): void => {
    life.abort();
    running.delete(element);
    const cellId = idOf(element);
    tell({ kind: 'output', cellId, output: shownOutput(element) });
    const failed = element.querySelector('colab-run-button')?.shadowRoot?.querySelector('.error') ?? null;
    // A snackbar that came up says that the session crashed, or something else: what became of the cell is not known.
    const certain = failed !== null || snackbarBefore || !isSnackbarOpen(page);
    tell({ kind: 'cell-ended', cellId, failed: failed !== null, certain });
  };
  const endSoon = (element: Element, cell: RunningCell): void => {
    const timer = setTimeout(() => cell.end?.(), LAST_DRAW_MS);
    cell.end = () => {
      clearTimeout(timer);
      ended(element, cell);
    };
  };
  const look = (element: Element): void => {
    const known = running.get(element);
    const runs = element.classList.contains('running');
    if (runs) known?.end?.();
    if (runs && !running.has(element) && isNeeded()) began(element);
    else if (!runs && known?.end === null) endSoon(element, known);
  };

  const classes = new MutationObserver((records) => {
    for (const { target } of records) if (target instanceof Element) look(target);
  });
  const watchCells = (nodes: Iterable<Node>): void => {
    for (const node of nodes) {
      if (!(node instanceof Element) || !node.matches('div.cell')) continue;
      classes.observe(node, { attributes: true, attributeFilter: ['class'] });
      look(node);
    }
  };
  const cells = new MutationObserver((records) => {
    for (const { addedNodes } of records) watchCells(addedNodes);
  });
  cells.observe(list, { childList: true });
  watchCells(list.children);
  signal.addEventListener('abort', () => {
    for (const observer of [classes, cells]) observer.disconnect();
    for (const { life } of running.values()) life.abort();
  });
};

const isSnackbarOpen = ({ document }: ColabPage): boolean => noticeOn(document) === 'snackbar';

const idOf = ({ id }: Element): string => (id.startsWith(ID_PREFIX) ? id.slice(ID_PREFIX.length) : id);

const countOf = (count: unknown): number | null => (typeof count === 'number' ? count : null);

/** The cell whose output is in the frame of that host: each frame has a host of its own (saved pages, 2023–2026). */
export const cellOfFrame = ({ document }: ColabPage, host: string): string | null => {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('.notebook-cell-list > div.cell iframe')) {
    if (hostOf(frame.src) !== host) continue;
    const cell = frame.closest('div.cell');
    return cell === null ? null : idOf(cell);
  }
  return null;
};

const hostOf = (address: string): string | null => {
  try {
    return new URL(address).host;
  } catch {
    return null;
  }
};
