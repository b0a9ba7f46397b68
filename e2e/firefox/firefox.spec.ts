import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { code, notebook } from '../notebooks/notebook.ts';
import { launchFirefox } from './firefox.ts';

const book = notebook(code('only', "print('from a real kernel')"));

test('Firefox: the extension is installed beside a notebook that runs, and its popup opens', async ({
  folder,
  startServer,
}) => {
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(book));
  const server = await startServer();
  await using firefox = await launchFirefox();

  const page = await firefox.newPage();
  await page.goto(server.notebookUrl('story.ipynb'));
  await expect
    .poll(async () => (await server.rest.kernelOf('story.ipynb'))?.execution_state, { timeout: 60_000 })
    .toBe('idle');
  await page.locator('.jp-Notebook-cell.jp-mod-active .jp-InputPrompt').click();
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  const output = await page.locator('.jp-OutputArea-output').waitHandle();
  expect(await output.evaluate((element) => element.textContent)).toContain('from a real kernel');

  const popup = await firefox.openPopup(page);
  expect(await popup.title()).toBe('Holdfast');
});
