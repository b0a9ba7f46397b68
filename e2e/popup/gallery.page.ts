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

  /** Ids of the accessibility rules that are broken, with the element. */
  async accessibilityTrouble(): Promise<readonly string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
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
        return activeElement.getAttribute('aria-label') ?? activeElement.textContent;
      });
      if (name === null) break;
      names.push(name);
    }
    return names;
  }
}
