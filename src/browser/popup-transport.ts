import type {
  HistoryFresh,
  PopupMessage,
  PopupReplies,
  RestorePlace,
} from '../protocol/background-message.ts';
import { viewChangedSchema } from '../protocol/background-message.ts';
import type { HealthReport } from '../protocol/health-report.ts';
import type { PopupActionReply, PopupTransport } from '../protocol/popup-transport.ts';
import * as v from 'valibot';
import { browser } from './browser.ts';
import { askForSite } from './sites.ts';

/** `?tab=ID` in the address means that tab instead of the one in front. */
const tabId = async (): Promise<number | null> => {
  const wanted = Number(new URL(location.href).searchParams.get('tab') ?? Number.NaN);
  if (Number.isInteger(wanted)) return wanted;
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? null;
};

/** What the health page asks for. */
export const askHealth = async (): Promise<HealthReport | null> =>
  ask({ kind: 'health-report', tabId: await tabId() });

/** What the page asks for that puts a checkpoint back from a zip. */
export const askRestorePlace = (notebookId: string): Promise<RestorePlace | null> =>
  ask({ kind: 'restore-place', tabId: null, notebookId });

/** What the page asks for that compares runs. */
export const askForFreshHistory = (): Promise<HistoryFresh> => ask({ kind: 'history-fresh' });

export const askToPutBack = (notebookId: string, copyId: string): Promise<PopupActionReply> =>
  ask({
    kind: 'popup-action',
    tabId: null,
    action: { kind: 'restore-copy', notebookId, copyId, folder: null },
  });

/** The popup's line to the background. */
export const createPopupTransport = (): PopupTransport => {
  return {
    async view() {
      return ask({ kind: 'popup-view', tabId: await tabId() });
    },
    async act(action) {
      // The browser shows its question only in answer to a click: nothing may be awaited before it.
      if (action.kind === 'enable-site')
        return (await askForSite(action.origin))
          ? { kind: 'done' }
          : { kind: 'refused', reason: 'permission-denied' };
      return ask({ kind: 'popup-action', tabId: await tabId(), action });
    },
    onChange(listener, signal) {
      const onMessage = (message: unknown): undefined => {
        if (v.is(viewChangedSchema, message)) listener();
        return undefined;
      };
      browser.runtime.onMessage.addListener(onMessage);
      signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(onMessage), {
        once: true,
      });
    },
  };
};

/** Both ends are ours and of one version: the reply's type is what the background's table of replies says. */
const ask = <K extends PopupMessage['kind']>(
  message: PopupMessage & { readonly kind: K },
): Promise<PopupReplies[K]> => browser.runtime.sendMessage<PopupMessage, PopupReplies[K]>(message);
