import type { Page } from '@playwright/test';
import { homePopup, type HomePopup } from './home-popup.ts';

declare const chrome: { readonly runtime: { sendMessage(message: unknown): Promise<never> } };

/** What an open popup in Chromium tells and asks. */
export const popupOf = (page: Page): HomePopup =>
  homePopup(tabOf(page.url()), (message) =>
    page.evaluate((sent) => chrome.runtime.sendMessage(sent), message),
  );

export const tabOf = (popup: string): number => Number(new URL(popup).searchParams.get('tab'));
