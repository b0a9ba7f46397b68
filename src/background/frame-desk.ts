import type { FrameMessage, FrameReply } from '../protocol/frame-message.ts';
import type { ExecutionDesk } from './executions.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { Notebook } from './notebook.ts';
import { askPage } from './page-link.ts';
import type { ShownErrors } from './shown-errors.ts';

export interface FrameSender {
  readonly tabId: number;
  /** Each output frame has a host of its own. */
  readonly host: string;
}

export interface FrameDesk {
  take(sender: FrameSender, message: FrameMessage): Promise<FrameReply>;
}

/** Takes what output frames show to the executions of their cells, on pages whose kernel is not heard. */
export const createFrameDesk = (
  store: NotebookStore,
  executions: ExecutionDesk,
  errors: ShownErrors,
  now: () => number,
): FrameDesk => {
  const cells = new Map<string, string>();

  const cellOf = async (notebook: Notebook, host: string): Promise<string | null> => {
    const known = cells.get(host);
    if (known !== undefined) return known;
    const reply = await askPage(notebook, { kind: 'cell-of-frame', path: notebook.path, host });
    if (reply.kind !== 'cell' || reply.cellId === null) return null;
    cells.set(host, reply.cellId);
    return reply.cellId;
  };

  return {
    async take({ tabId, host }, { events, table, error }) {
      const notebook = store.inTab(tabId)[0];
      // A notebook that is not known yet may turn out to need it.
      if (notebook === undefined) return { read: true };
      if (notebook.kernelTap === 'reading') return { read: false };
      const cellId = await cellOf(notebook, host);
      const cell = store.get(notebook.id)?.heard.findLast((heard) => heard.cellId === cellId);
      if (cellId === null || cell === undefined) return { read: true };
      const { kernelId, executionId } = cell;
      if (error !== null) errors.note(executionId, error);
      if (events.length > 0 || table !== null) {
        const where = { path: notebook.path, kernelId, executionId, cellId };
        await executions.take(notebook.id, { kind: 'output', ...where, events, table, at: now() });
      }
      return { read: true };
    },
  };
};
