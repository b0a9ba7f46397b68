import { call } from '../foreign-object.ts';
import { kernelObject, type ColabPage } from './notebook-object.ts';

/**
 * Whether the page has a runtime. Two routes, and either may say no: the kernel's own word (`isConnected()`, in use by
 * more than twenty published projects, 2018–2026), and the resource display that the connect button shows only while
 * connected (saved pages in seven languages, 2023–2026). `null`: neither is there, or the page is still at it, as while
 * it reconnects by itself: `getState()` says `connect` only where a person must.
 */
export const isConnected = (page: ColabPage): boolean | null => {
  const kernel = kernelObject(page);
  const said = call(kernel, 'isConnected');
  const shown = isResourceShown(page);
  const connected = typeof said === 'boolean' ? said && shown !== false : shown;
  if (connected !== false) return connected;
  const state = call(kernel, 'getState');
  return typeof state === 'string' && state !== 'connect' ? null : false;
};

/** `null` where the page has no such button. */
const isResourceShown = ({ document }: ColabPage): boolean | null => {
  const button = document.querySelector('colab-connect-button')?.shadowRoot ?? null;
  return button === null ? null : button.querySelector('#connect-button-resource-display') !== null;
};

/** The ways that are there, the better one first. */
export const connectionRoutes = (page: ColabPage): readonly string[] => [
  ...(typeof call(kernelObject(page), 'isConnected') === 'boolean' ? ['kernel.isConnected'] : []),
  ...(isResourceShown(page) === null ? [] : ['connect button']),
];
