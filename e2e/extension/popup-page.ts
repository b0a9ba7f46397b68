import { expect, type Page } from '@playwright/test';

/** The popup as a person uses it, found by its roles and words. */
export interface PopupPage {
  readonly page: Page;
  /** Waits until the one sentence at the top says this. */
  says(heading: RegExp, options?: { timeoutMs?: number }): Promise<void>;
  press(button: RegExp): Promise<void>;
}

export const popupPage = (page: Page): PopupPage => ({
  page,
  says: async (heading, { timeoutMs = 60_000 } = {}) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading, { timeout: timeoutMs });
  },
  press: async (button) => {
    await page.getByRole('button', { name: button }).click();
  },
});
