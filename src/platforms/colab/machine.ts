import { call, member, text } from '../foreign-object.ts';
import type { FileAccess, Machine } from '../platform.ts';
import { kernelObject, type ColabPage } from './notebook-object.ts';
import { noticeOn } from './notices.ts';

/** The machine that Colab lends to the notebook. Its own page compares `endpoint.managedId` to tell a new one. */
export const machineOf = (page: ColabPage): Machine => ({
  id: text(kernelObject(page), 'endpoint', 'managedId'),
  kind: text(kernelObject(page), 'runtime', 'kind'),
  connected: isConnected(page),
  notice: noticeOn(page.document),
});

/**
 * Whether the page has a runtime: the kernel's own word, and the resource display that the connect button shows only
 * while connected (seen in saved pages in seven languages, 2023–2026). Either may say no. `null`: neither is there, or
 * the page is still at it, as while it reconnects by itself: `getState()` says `connect` only where a person must.
 */
export const isConnected = (page: ColabPage): boolean | null => {
  const kernel = kernelObject(page);
  const said = call(kernel, 'isConnected');
  const button = page.document.querySelector('colab-connect-button')?.shadowRoot ?? null;
  const shown = button === null ? null : button.querySelector('#connect-button-resource-display') !== null;
  const connected = typeof said === 'boolean' ? said && shown !== false : shown;
  if (connected !== false) return connected;
  const state = call(kernel, 'getState');
  return typeof state === 'string' && state !== 'connect' ? null : false;
};

/** Where the machine's Jupyter server is reached, with a token made for this call. */
export const fileAccessOf = async (page: ColabPage): Promise<FileAccess> => {
  const id = text(kernelObject(page), 'endpoint', 'managedId');
  return { proxy: await proxyOf(page), tunnel: id === null ? null : { endpoint: id } };
};

/** The page asks for such a socket to open its terminal; the object it gets holds the address and makes tokens. */
const proxyOf = async (page: ColabPage): Promise<FileAccess['proxy']> => {
  try {
    const kernel = kernelObject(page);
    const socket = await call(kernel, 'createTerminalSocket', member(kernel, 'runtime'));
    const token = await call(socket, 'getRuntimeProxyToken');
    const url = httpsOriginOf(text(socket, 'url'));
    return typeof token === 'string' && token !== '' && url !== null ? { url, token } : null;
  } catch {
    return null;
  }
};

const httpsOriginOf = (address: string | null): string | null => {
  try {
    const url = new URL(address ?? '');
    return url.protocol === 'wss:' || url.protocol === 'https:' ? `https://${url.host}` : null;
  } catch {
    return null;
  }
};
