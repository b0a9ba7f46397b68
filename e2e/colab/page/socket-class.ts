import type { Boot } from '../wire.ts';

/** Makes kernel sockets of the page's own class or of a hidden frame's; a frame stays, as its sockets end with it. */
export const socketClass = (kernelSocket: Boot['kernelSocket']): (() => typeof WebSocket) => {
  // Looked up each time: what a script put in the place of the page's class counts.
  if (kernelSocket === 'page') return () => window.WebSocket;
  const frame = document.createElement('iframe');
  frame.style.display = 'none';
  document.body.append(frame);
  return () => {
    const found: unknown = Reflect.get(frame.contentWindow ?? {}, 'WebSocket');
    if (!isSocketClass(found)) throw new Error('the hidden frame has no WebSocket');
    return found;
  };
};

const isSocketClass = (value: unknown): value is typeof WebSocket =>
  typeof value === 'function' && Reflect.get(value, 'OPEN') === WebSocket.OPEN;
