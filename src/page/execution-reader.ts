import type { LogEvent } from '../core/log/log-event.ts';
import { createLogScanner, type LogScanner } from '../core/log/scanner.ts';
import { tableSighting } from '../core/log/table-sighting.ts';
import { createWidgetBars, type WidgetBars } from '../core/log/widget-bars.ts';
import { MAX_SOURCE_LENGTH, type PageEvent, type TableSighting } from '../protocol/page-event.ts';
import type { Slices } from './slices.ts';
import { createTextGatherer } from './text-gatherer.ts';
import type { KernelMessage } from './wire-format.ts';

/** Turns kernel messages of one page into events: which execution began and ended, and what its output said. */
export interface ExecutionReader {
  /** @param path Where the notebook is now; asked only when something is told. */
  read(
    path: () => string | null,
    kernelId: string,
    message: KernelMessage,
    direction: 'send' | 'receive',
  ): void;
  /** Reads the output that waits, so that what is told next comes after it. */
  catchUp(): void;
  /** A kernel's life ended: what was running there will not send its end. */
  forgetKernel(kernelId: string): void;
}

interface Execution {
  readonly cellId: string | null;
  readonly stdout: LogScanner;
  readonly stderr: LogScanner;
  readonly widgets: WidgetBars;
  /** Each bar of widgets is a line of its own that is drawn anew. */
  readonly bars: Map<string, LogScanner>;
  error: { readonly name: string; readonly message: string } | null;
}

/** Executions watched at a time. Cells run one after another; more only means that ends were missed. */
const MAX_EXECUTIONS = 64;
/** Requests whose cell is remembered until the kernel begins them ("Run all" queues the whole notebook). */
const MAX_REQUESTS = 2000;
/** Bars of one execution; a loop over epochs makes new ones all the time. */
const MAX_BARS = 16;
/** Characters of output read at a time: a tenth of a millisecond, and 2 before the browser has compiled the reader. */
const SLICE_LENGTH = 4 * 1024;

/**
 * @param slices Output is read in them, so that megabytes of it do not hold up the page; events keep their order.
 * @param setTimer The page's own `setTimeout`.
 * @param runningCell Which cell the page shows as running, for pages whose requests do not name their cell; asked once
 *   for an execution, when the kernel begins it.
 */
export const createExecutionReader = (
  report: (event: PageEvent) => void,
  now: () => number,
  slices: Slices,
  setTimer: (run: () => void, ms: number) => void,
  runningCell: () => string | null = () => null,
): ExecutionReader => {
  const cells = new Map<string, string>();
  const executions = new Map<string, Execution & { readonly kernelId: string }>();

  const execution = (kernelId: string, id: string): Execution => {
    const known = executions.get(id);
    if (known !== undefined) return known;
    const fresh = {
      kernelId,
      cellId: cells.get(id) ?? runningCell(),
      stdout: createLogScanner(),
      stderr: createLogScanner(),
      widgets: createWidgetBars(),
      bars: new Map(),
      error: null,
    };
    executions.set(id, fresh);
    trim(executions, MAX_EXECUTIONS);
    return fresh;
  };

  const reportOutput = (at: Where, events: readonly LogEvent[], table: TableSighting | null): void => {
    if (events.length === 0 && table === null) return;
    report({ kind: 'output', ...at, events: events.slice(-200), table, at: now() });
  };

  const gatherer = createTextGatherer<LogScanner>(now, setTimer);
  const readText = (where: () => Where, scanner: LogScanner, text: string): void =>
    gatherer.add(scanner, text, (joined) => {
      let from = 0;
      slices.add(() => {
        const events = scanner.push(joined.slice(from, from + SLICE_LENGTH));
        if (events.length > 0) reportOutput(where(), events, null);
        from += SLICE_LENGTH;
        return from < joined.length;
      });
    });

  /** After what was read before. */
  const inTurn = (act: () => void): void => {
    gatherer.flush();
    slices.add(() => {
      act();
      return false;
    });
  };

  return {
    read(path, kernelId, message, direction) {
      if (direction === 'send') return noteRequest(cells, message);
      if (message.type === 'kernel_info_reply')
        return inTurn(() =>
          report({ kind: 'kernel', path: path(), kernelId, sighting: 'answers', at: now() }),
        );
      const id = message.parentId;
      if (id === null || (message.parentType !== null && message.parentType !== 'execute_request')) return;
      if (message.type === 'execute_input') execution(kernelId, id);
      const cellId = executions.get(id)?.cellId ?? cells.get(id) ?? null;
      const where = (): Where => ({ path: path(), kernelId, executionId: id, cellId });
      switch (message.type) {
        case 'execute_input': {
          const source = string(message.content['code']).slice(0, MAX_SOURCE_LENGTH);
          return inTurn(() => report({ kind: 'execution-started', ...where(), source, at: now() }));
        }
        case 'stream': {
          const { stdout, stderr } = execution(kernelId, id);
          const scanner = message.content['name'] === 'stderr' ? stderr : stdout;
          return readText(where, scanner, string(message.content['text']));
        }
        case 'display_data':
        case 'update_display_data':
          return inTurn(() => reportOutput(where(), [], tableIn(message.content['data'])));
        case 'comm_open':
        case 'comm_msg': {
          const watched = executions.get(id);
          const drawn = watched?.widgets.take(message.content) ?? null;
          if (watched === undefined || drawn === null) return;
          return readText(where, barScanner(watched.bars, drawn.id), `\r${drawn.text}`);
        }
        case 'execute_result': {
          const scanner = createLogScanner('stored');
          readText(where, scanner, field(message.content['data'], 'text/plain'));
          return inTurn(() => reportOutput(where(), scanner.end(), null));
        }
        case 'error':
          execution(kernelId, id).error = {
            name: string(message.content['ename']).slice(0, 200),
            message: string(message.content['evalue']).slice(0, 2000),
          };
          return;
        case 'status': {
          if (message.content['execution_state'] !== 'idle' || message.parentType !== 'execute_request')
            return;
          const ended = executions.get(id);
          executions.delete(id);
          cells.delete(id);
          return inTurn(() => {
            reportOutput(where(), [...(ended?.stdout.end() ?? []), ...(ended?.stderr.end() ?? [])], null);
            report({ kind: 'execution-ended', ...where(), error: ended?.error ?? null, at: now() });
          });
        }
        default:
          return;
      }
    },
    catchUp: () => gatherer.flush(),
    forgetKernel(kernelId) {
      gatherer.flush();
      for (const [id, { kernelId: of }] of executions) if (of === kernelId) executions.delete(id);
    },
  };
};

interface Where {
  readonly path: string | null;
  readonly kernelId: string;
  readonly executionId: string;
  readonly cellId: string | null;
}

/** JupyterLab and Notebook put the cell's id into the metadata of the request they send for it. */
const noteRequest = (cells: Map<string, string>, message: KernelMessage): void => {
  const cellId = message.metadata['cellId'];
  if (message.type !== 'execute_request' || typeof cellId !== 'string') return;
  cells.set(message.id, cellId);
  trim(cells, MAX_REQUESTS);
};

const barScanner = (bars: Map<string, LogScanner>, id: string): LogScanner => {
  const known = bars.get(id) ?? createLogScanner();
  bars.set(id, known);
  trim(bars, MAX_BARS);
  return known;
};

const trim = (map: Map<string, unknown>, size: number): void => {
  for (const key of map.keys()) {
    if (map.size <= size) return;
    map.delete(key);
  }
};

const tableIn = (data: unknown): TableSighting | null => {
  const html = field(data, 'text/html');
  return html === '' ? null : tableSighting(html);
};

const field = (data: unknown, key: string): string =>
  typeof data === 'object' && data !== null && key in data ? string(Reflect.get(data, key)) : '';

const string = (value: unknown): string => (typeof value === 'string' ? value : '');
