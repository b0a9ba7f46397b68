import { call } from '../foreign-object.ts';
import type { PlatformListener } from '../platform.ts';
import { machineOf } from './machine.ts';
import { kernelObject, type ColabPage } from './notebook-object.ts';
import { watchShownCells } from './shown-cells.ts';

/** The notebook's address is what it is known by; `/drive/ID` without the first slash. */
export const pathOf = ({ document }: ColabPage): string =>
  decodePath(new URL(document.URL).pathname.replace(/^\/+/, ''));

/** `NAME - Colab` in every language seen (ja, pt-BR, tr, ru, vi, es, de). */
const nameOf = ({ document }: ColabPage): string => document.title.replace(/ [-–—] Colab$/, '');

/**
 * Reports the notebook and its machine through observers on the few elements that change with them: the connect button,
 * the title, and what is put on the page's body. No timer; kernels and their messages are told by the kernel's socket.
 */
export const watchColab = (
  page: ColabPage,
  hearsKernel: () => boolean,
  listener: PlatformListener,
  signal: AbortSignal,
): void => {
  const told = { notebook: '', machine: '' };
  const tell = (): void => {
    if (signal.aborted) return;
    const path = pathOf(page);
    const notebook = { path, name: nameOf(page), current: true, kernelId: null };
    if (told.notebook !== JSON.stringify(notebook)) listener.notebooks([notebook]);
    told.notebook = JSON.stringify(notebook);
    const machine = machineOf(page);
    if (told.machine !== JSON.stringify(machine)) listener.machine?.(path, machine);
    told.machine = JSON.stringify(machine);
  };
  const { document } = page;
  const observer = new MutationObserver(tell);
  const watch = (target: Node | null | undefined, options: MutationObserverInit): void => {
    if (target !== null && target !== undefined) observer.observe(target, options);
  };
  const button = document.querySelector('colab-connect-button');
  watch(button, { attributes: true, childList: true });
  watch(button?.shadowRoot, { childList: true, subtree: true });
  watch(document.querySelector('title'), { childList: true });
  watch(document.body, { childList: true });
  watch(document.querySelector('colab-snackbar')?.shadowRoot, { attributes: true, subtree: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  call(kernelObject(page), 'listen', 'connected', tell);
  tell();
  const path = pathOf(page);
  const isNeeded = (): boolean => !hearsKernel();
  watchShownCells(page, isNeeded, (sighting) => listener.shown?.(path, sighting), signal);
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
