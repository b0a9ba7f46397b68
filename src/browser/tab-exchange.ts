import * as v from 'valibot';
import { browser } from './browser.ts';
import { type Exchange, exchangeHere } from './socket-exchange.ts';

const exchangedSchema = v.variant('kind', [
  v.object({ kind: v.literal('reply'), text: v.string() }),
  v.object({ kind: v.picklist(['refused', 'closed', 'timeout', 'too-large']) }),
]);

/**
 * The same from within the page of a tab, whose socket has the page's origin and cookies. Chromium (156) sends neither with a socket
 * of the extension's background: no cookie at all, and session rules do not reach it. A tab that is gone refuses.
 */
export const exchangeInTab =
  (tabId: number): Exchange =>
  async (wish) => {
    try {
      const [result] = await browser.scripting.executeScript({
        target: { tabId },
        func: exchangeHere,
        args: [wish],
      });
      const exchanged = v.safeParse(exchangedSchema, result?.result);
      return exchanged.success ? exchanged.output : { kind: 'refused' };
    } catch {
      return { kind: 'refused' };
    }
  };
