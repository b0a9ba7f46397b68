import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { GalleryServer } from './gallery-server.ts';

/** One state of the popup, shown alone. */
export class GalleryPage {
  constructor(
    readonly page: Page,
    private readonly server: GalleryServer,
  ) {}

  async show(state: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(this.server.address({ state, ...query }));
    await this.heading.waitFor();
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get menuButton(): Locator {
    return this.page.getByRole('button', { name: 'Settings and more' });
  }

  get status(): Locator {
    return this.page.getByRole('status');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Opens everything under the list of one state of `showAll`. */
  async openDisclosures(state: string): Promise<void> {
    // From the last on: one that opens can hold others, and those behind it would be counted anew.
    const rows = await this.among(state).locator('.disclosure-button').all();
    for (const row of rows.toReversed()) await row.click();
  }

  /** What the popup asked for last. */
  async asked(): Promise<unknown> {
    const text = await this.page.locator('html').getAttribute('data-asked');
    return text === null ? null : JSON.parse(text);
  }

  async widthOverflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  /** Labels under the run line that touch the one before them. */
  async overlappingLabels(): Promise<readonly string[]> {
    return this.page.locator('.run-line text').evaluateAll((texts) => {
      const inOrder = texts
        .map((text) => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() }))
        .toSorted((a, b) => a.box.left - b.box.left);
      return inOrder
        .filter(({ box }, index) => index > 0 && box.left <= (inOrder[index - 1]?.box.right ?? 0))
        .map(({ text }) => text);
    });
  }

  /** Many states on one page: all, or those of `states`. */
  async showAll(query: Readonly<Record<string, string>>): Promise<void> {
    await this.page.goto(this.server.address(query));
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** One state of `showAll`. */
  among(state: string): Locator {
    return this.page.locator(`.sheet-state[title="${state}"]`);
  }

  /**
   * Words in a state, seen or read aloud, that neither the messages file (shown with `words: 'marked'`) nor the names
   * given have brought there.
   */
  async wordsOfTheCode(state: string, names: string): Promise<readonly string[]> {
    const texts = await this.among(state)
      // What is shown as code is Python, whatever the language.
      .locator('*:not(.kernel-code)')
      .evaluateAll((elements) =>
        elements.flatMap((element) => [
          ...[...element.childNodes].flatMap((node) => (node.nodeType === 3 ? [node.textContent ?? ''] : [])),
          ...['aria-label', 'aria-description', 'title', 'alt', 'placeholder'].map(
            (name) => element.getAttribute(name) ?? '',
          ),
        ]),
      );
    const words = texts.map(withoutMarked).flatMap((text) => text.match(/\p{L}{2,}/gu) ?? []);
    return words.filter((word) => !names.includes(word));
  }

  /** Ids of the accessibility rules that are broken, with the element. */
  async accessibilityTrouble(of: 'everything' | 'colours' = 'everything'): Promise<readonly string[]> {
    // The other mode opens a page of its own for each answer; these pages have no frames, which it is for.
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode();
    const asked =
      of === 'colours'
        ? axe.withRules(['color-contrast', 'link-in-text-block'])
        : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
    const { violations } = await asked.analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  /** Names of what the Tab key reaches, in order, until it leaves the page. */
  async tabOrder(most: number): Promise<readonly string[]> {
    const names: string[] = [];
    for (let press = 0; press < most; press += 1) {
      await this.page.keyboard.press('Tab');
      const name = await this.page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return null;
        const label =
          activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : null;
        return activeElement.getAttribute('aria-label') ?? label ?? activeElement.textContent;
      });
      if (name === null) break;
      names.push(name);
    }
    return names;
  }
}

/** Marked texts hold marked texts: the innermost go first. */
const withoutMarked = (text: string): string => {
  const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ');
  return less === text ? text : withoutMarked(less);
};
