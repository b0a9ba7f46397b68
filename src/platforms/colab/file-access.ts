import { call, member, text } from '../foreign-object.ts';
import type { FileAccess } from '../platform.ts';
import { isFunction, kernelObject, notebookObject, type ColabPage } from './notebook-object.ts';

/** Where the machine's Jupyter server is reached, with a token made for this call. */
export const fileAccessOf = async (page: ColabPage): Promise<FileAccess> => {
  const id = text(kernelObject(page), 'endpoint', 'managedId');
  return { proxy: await proxyOf(page), tunnel: id === null ? null : { endpoint: id } };
};

/**
 * The page asks for such a socket to open its terminal (`createTerminalSocket`, `getRuntimeProxyToken`: published projects,
 * 2018–2026); the object it gets holds the address and makes tokens.
 */
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

/** What the page offers for reading; which of it answers is known when files are asked for. */
export const fileRoutes = (page: ColabPage): readonly string[] => [
  ...(isFunction(kernelObject(page), 'createTerminalSocket') ? ['runtime proxy'] : []),
  ...(text(kernelObject(page), 'endpoint', 'managedId') === null ? [] : ['tunnel']),
];

/** For writing there is also the page's own way (one published project, 2026). */
export const uploadRoutes = (page: ColabPage): readonly string[] => [
  ...fileRoutes(page),
  ...(isFunction(notebookObject(page), 'kernelFiles', 'write') ? ['kernelFiles.write'] : []),
];
