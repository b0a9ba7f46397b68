import * as v from 'valibot';
import { browser } from '../browser/browser.ts';

/** What a tab's page told of itself; kept in the session storage, because the background may end between two messages. */
const tabPageSchema = v.object({
  origin: v.string(),
  /** Path part of the tab's address when the page came up. */
  pathname: v.string(),
  baseUrl: v.string(),
  serverRoot: v.nullable(v.string()),
  platform: v.nullable(v.string()),
  application: v.picklist(['working', 'absent', 'waiting']),
  canInsert: v.boolean(),
  kernelTap: v.picklist(['reading', 'standing-by', 'idle']),
});
export type TabPage = v.InferOutput<typeof tabPageSchema>;

const keyOf = (tabId: number): string => `tab:${tabId}`;

export const rememberTabPage = (tabId: number, page: TabPage): Promise<void> =>
  browser.storage.session.set({ [keyOf(tabId)]: page });

export const tabPage = async (tabId: number): Promise<TabPage | null> => {
  const stored = await browser.storage.session.get(keyOf(tabId));
  const parsed = v.safeParse(tabPageSchema, stored[keyOf(tabId)]);
  return parsed.success ? parsed.output : null;
};

/** Ids of the tabs whose pages have told something in this session of the browser. */
export const tabsWithPages = async (): Promise<ReadonlySet<number>> => {
  const stored = await browser.storage.session.get(null);
  const keys = Object.keys(stored).filter((key) => key.startsWith('tab:'));
  return new Set(keys.map((key) => Number(key.slice('tab:'.length))));
};

export const forgetTabPage = (tabId: number): Promise<void> => browser.storage.session.remove(keyOf(tabId));
