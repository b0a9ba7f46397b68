import { createShownTextReader, type ShownTextReader } from '../core/log/shown-text.ts';
import { tableSighting } from '../core/log/table-sighting.ts';
import type { ShownSighting } from '../platforms/platform.ts';
import { MAX_SOURCE_LENGTH, type PageEvent } from '../protocol/page-event.ts';
import { shownKernelId } from '../protocol/shown-kernel.ts';

export interface ShownExecutions {
  take(path: string, machineId: string | null, sighting: ShownSighting): void;
}

interface Shown {
  readonly kernelId: string;
  readonly executionId: string;
  readonly readers: Map<number, ShownTextReader>;
}

/**
 * Turns what a page shows of its cells into the events that its kernel's messages would give. Ids are made up from what
 * stays the same when the page is loaded anew: the machine, the cell, and its execution count.
 */
export const createShownExecutions = (
  report: (event: PageEvent) => void,
  now: () => number,
): ShownExecutions => {
  const executions = new Map<string, Shown>();

  const begin = (
    path: string,
    machineId: string | null,
    cell: Extract<ShownSighting, { kind: 'cell-began' }>,
  ) => {
    const { cellId, source, count } = cell;
    const kernelId = shownKernelId(machineId);
    const executionId = `${kernelId}/${cellId}/${count ?? 0}`.slice(-256);
    executions.set(cellId, { kernelId, executionId, readers: new Map() });
    report({ kind: 'kernel', path, kernelId, sighting: 'connected', at: now() });
    const started = { path, kernelId, executionId, cellId, source: source.slice(0, MAX_SOURCE_LENGTH) };
    report({ kind: 'execution-started', ...started, at: now() });
  };

  return {
    take(path, machineId, sighting) {
      if (sighting.kind === 'cell-began') return begin(path, machineId, sighting);
      const { cellId } = sighting;
      const shown = executions.get(cellId);
      if (shown === undefined) return;
      const { kernelId, executionId, readers } = shown;
      const where = { path, kernelId, executionId, cellId };
      if (sighting.kind === 'output') {
        const { texts, table } = sighting.output;
        const events = texts.flatMap((text, index) => readerAt(readers, index).read(text)).slice(-200);
        const seen = tableSighting(table);
        if (events.length > 0 || seen !== null)
          report({ kind: 'output', ...where, events, table: seen, at: now() });
        return;
      }
      executions.delete(cellId);
      if (sighting.certain)
        report({
          kind: 'execution-ended',
          ...where,
          error: sighting.failed ? UNNAMED_ERROR : null,
          at: now(),
        });
      // The kernel is free. What became of a training is told by what was seen of it last.
      if (!sighting.failed) report({ kind: 'kernel', path, kernelId, sighting: 'answers', at: now() });
    },
  };
};

/** Errors are drawn in output frames, into which the page cannot look. */
const UNNAMED_ERROR = { name: '', message: '' } as const;

const readerAt = (readers: Map<number, ShownTextReader>, index: number): ShownTextReader => {
  const reader = readers.get(index) ?? createShownTextReader();
  readers.set(index, reader);
  return reader;
};
