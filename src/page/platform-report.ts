import type { KernelSighting, NotebookPlatform } from '../platforms/platform.ts';
import type { PageEvent } from '../protocol/page-event.ts';
import type { ExecutionReader } from './execution-reader.ts';
import { createShownExecutions } from './shown-executions.ts';
import { fromJson } from './wire-format.ts';

const LIFE_ENDS: ReadonlySet<KernelSighting> = new Set([
  'restarting',
  'autorestarting',
  'dead',
  'terminating',
]);

/** Reports what a platform sees, until the signal aborts. */
export const reportPlatform = (
  platform: NotebookPlatform,
  reader: ExecutionReader,
  report: (event: PageEvent) => void,
  signal: AbortSignal,
): void => {
  const shown = createShownExecutions(report, Date.now);
  platform.watch(
    {
      notebooks: (notebooks) =>
        report({ kind: 'notebooks', notebooks: notebooks.map((notebook) => ({ ...notebook })) }),
      kernel(path, kernelId, sighting) {
        if (kernelId !== null && LIFE_ENDS.has(sighting)) reader.forgetKernel(kernelId);
        reader.catchUp();
        report({ kind: 'kernel', path, kernelId, sighting, at: Date.now() });
      },
      machine: (path, { id, connected, notice }) =>
        report({
          kind: 'machine',
          path,
          machineId: id,
          connected,
          asks: notice === 'captcha',
          at: Date.now(),
        }),
      shown: (path, sighting) => shown.take(path, platform.machine?.().id ?? null, sighting),
      message(path, kernelId, message, direction) {
        const read = fromJson(message);
        if (read !== null) reader.read(path, kernelId, read, direction);
      },
    },
    signal,
  );
};
