import type { Page, Worker } from '@playwright/test';
import * as v from 'valibot';

/** Chromium's own API as this file calls it in the worker; the rest of e2e has no business with it. */
declare const chrome: {
  readonly action: {
    getBadgeText(details: { tabId: number }): Promise<string>;
    setBadgeText: (details: { text: string }) => unknown;
  };
  readonly notifications: {
    create: (...args: readonly unknown[]) => unknown;
    getAll(): Promise<object>;
  };
  readonly runtime: { readonly onMessage: { addListener(listener: () => void): void } };
  readonly storage: {
    readonly local: { get(): Promise<unknown> };
    readonly session: { get(): Promise<unknown> };
  };
  readonly tabs: { query(query: { url: string }): Promise<readonly { readonly id?: number }[]> };
};

declare const self: {
  recordedNotifications?: unknown[];
  recordedBadges?: unknown[];
  countedMessages?: { count: number };
};

const Notification = v.object({
  title: v.optional(v.string()),
  message: v.optional(v.string()),
  /** Milliseconds since the epoch. */
  at: v.number(),
});
const Badge = v.object({ text: v.string(), at: v.number() });

export type RecordedNotification = v.InferOutput<typeof Notification>;
export type RecordedBadge = v.InferOutput<typeof Badge>;

/** What a test may ask of the extension's background in Chromium. */
export interface ExtensionWorker {
  readonly id: string;
  readonly worker: Worker;
  /** The tab that shows a page, found by its address: two tabs with one address are an error. */
  readonly tabIdOf: (page: Page) => Promise<number>;
  /** The text on the toolbar button while that page is in front. Empty when there is none. */
  readonly badgeText: (page: Page) => Promise<string>;
  /** The ids of the notifications on the screen now. */
  readonly shownNotifications: () => Promise<string[]>;
  /** From now on keeps what is passed to `notifications.create` and every badge, as long as this worker lives. */
  readonly recordNotifications: () => Promise<void>;
  /** What was kept since `recordNotifications`. */
  readonly recordedNotifications: () => Promise<RecordedNotification[]>;
  readonly recordedBadges: () => Promise<RecordedBadge[]>;
  /** From now on counts the messages that come to the background, as long as this worker lives. */
  readonly countMessages: () => Promise<void>;
  readonly countedMessages: () => Promise<number>;
  /** Everything in an area of the extension's storage. */
  readonly stored: (area: 'local' | 'session') => Promise<unknown>;
}

export const extensionWorker = (worker: Worker): ExtensionWorker => {
  const tabIdOf = async (page: Page): Promise<number> => {
    const address = page.url().replace(/#.*$/, '');
    const tabs = await worker.evaluate((url) => chrome.tabs.query({ url }), address);
    const id = tabs[0]?.id;
    if (tabs.length !== 1 || id === undefined)
      throw new Error(`${tabs.length} tabs show ${address}, not one`);
    return id;
  };
  return {
    id: new URL(worker.url()).host,
    worker,
    tabIdOf,
    badgeText: async (page) =>
      worker.evaluate((tabId) => chrome.action.getBadgeText({ tabId }), await tabIdOf(page)),
    shownNotifications: () => worker.evaluate(async () => Object.keys(await chrome.notifications.getAll())),
    recordNotifications: () => worker.evaluate(keepNotifications),
    recordedNotifications: async () =>
      v.parse(v.array(Notification), await worker.evaluate(() => self.recordedNotifications ?? [])),
    recordedBadges: async () =>
      v.parse(v.array(Badge), await worker.evaluate(() => self.recordedBadges ?? [])),
    countMessages: () =>
      worker.evaluate(() => {
        const counter = { count: 0 };
        self.countedMessages = counter;
        chrome.runtime.onMessage.addListener(() => void (counter.count += 1));
      }),
    countedMessages: () => worker.evaluate(() => self.countedMessages?.count ?? 0),
    stored: (area) => worker.evaluate((area) => chrome.storage[area].get(), area),
  };
};

/** Runs in the worker, so it uses nothing from outside itself. `create(options)` or `create(id, options)`. */
const keepNotifications = (): void => {
  if (self.recordedNotifications !== undefined) return;
  const kept: unknown[] = [];
  self.recordedNotifications = kept;
  const create = chrome.notifications.create;
  chrome.notifications.create = (...args) => {
    kept.push({ ...args.find((argument) => typeof argument === 'object'), at: Date.now() });
    return create(...args);
  };
  const badges: unknown[] = [];
  self.recordedBadges = badges;
  const { action } = chrome;
  const setBadgeText = action.setBadgeText;
  action.setBadgeText = (details) => {
    badges.push({ text: details.text, at: Date.now() });
    return setBadgeText(details);
  };
};
