import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../e2e/root.ts';
import type { Stage } from './place.ts';

const folder = join(root, 'artifacts/demo');

/** Keeps how popup and notebook look at this moment, in artifacts/demo. */
export const takePictures = async (
  { notebook, pictures }: Stage,
  popup: Page,
  of: 'saved' | 'lost' | 'finished',
): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const path = (what: string) => join(folder, `${pictures}${what}-${of}.png`);
  await popup.screenshot({ path: path('popup') });
  await notebook.page.screenshot({ path: path('notebook') });
};
