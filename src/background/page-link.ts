import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { tabReplySchema, type TabMessage } from '../protocol/background-message.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';
import type { Notebook } from './notebook.ts';

/** Asks the page that shows a notebook to do something. A page that is gone or stuck is a `no-answer`, never a throw. */
export const askPage = async (notebook: Notebook, command: PageCommand): Promise<PageCommandReply> => {
  if (notebook.tabId === null || !notebook.present) return { kind: 'failed', reason: 'no-answer' };
  try {
    const message: TabMessage = { kind: 'page-command', command };
    const reply: unknown = await browser.tabs.sendMessage(notebook.tabId, message);
    const parsed = v.safeParse(tabReplySchema, reply);
    return parsed.success ? parsed.output : { kind: 'failed', reason: 'page-error' };
  } catch {
    return { kind: 'failed', reason: 'no-answer' };
  }
};

/** Shows or takes away the toast over a notebook's page. A page that is gone shows none. */
export const tellPage = (
  notebook: Notebook,
  toast: Extract<TabMessage, { kind: 'toast' }>['toast'],
): void => {
  if (notebook.tabId === null || !notebook.present) return;
  const message: TabMessage = { kind: 'toast', toast };
  void browser.tabs.sendMessage(notebook.tabId, message).catch(() => undefined);
};

/** The notebook's code cells as they stand now; empty when the page cannot tell. */
export const readCells = async (
  notebook: Notebook,
): Promise<readonly { readonly id: string; readonly source: string }[]> => {
  const reply = await askPage(notebook, { kind: 'read-cells', path: notebook.path });
  return reply.kind === 'cells' ? (reply.cells ?? []) : [];
};
