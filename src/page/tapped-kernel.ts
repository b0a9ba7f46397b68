import type { KernelSighting } from '../protocol/kernel-sighting.ts';
import type { PageEvent } from '../protocol/page-event.ts';
import type { ExecutionReader } from './execution-reader.ts';
import type { KernelMessage } from './wire-format.ts';

/** Kernels of a page that has no application object, told from what their sockets carry. */
export interface TappedKernels {
  opened(kernelId: string): void;
  closed(kernelId: string): void;
  message(kernelId: string, message: KernelMessage): void;
}

const STATES: Readonly<Record<string, KernelSighting>> = {
  starting: 'starting',
  idle: 'idle',
  busy: 'busy',
};

/**
 * A server that finds a kernel dead says `restarting` on its own behalf (jupyter_server 2, `ZMQChannelsWebsocketConnection
 * .on_kernel_restarted`); a kernel that is asked to go says `shutdown_reply` to all. After either, whatever it says next
 * comes from another life; until then its states are of no interest, and there are hundreds of them.
 */
export const createTappedKernels = (
  reader: ExecutionReader,
  report: (event: PageEvent) => void,
  now: () => number,
): TappedKernels => {
  const ended = new Set<string>();
  const tell = (kernelId: string, sighting: KernelSighting): void => {
    reader.catchUp();
    report({ kind: 'kernel', path: null, kernelId, sighting, at: now() });
  };
  const end = (kernelId: string, sighting: KernelSighting): void => {
    reader.forgetKernel(kernelId);
    ended.add(kernelId);
    tell(kernelId, sighting);
  };
  return {
    opened: (kernelId) => tell(kernelId, 'connected'),
    closed: (kernelId) => tell(kernelId, 'disconnected'),
    message(kernelId, { type, content }) {
      if (type === 'shutdown_reply')
        return end(kernelId, content['restart'] === true ? 'restarting' : 'terminating');
      const state = type === 'status' ? content['execution_state'] : undefined;
      if (state === 'restarting') return end(kernelId, 'autorestarting');
      const sighting = typeof state === 'string' ? STATES[state] : undefined;
      if (sighting === undefined || !ended.delete(kernelId)) return;
      tell(kernelId, sighting);
    },
  };
};
