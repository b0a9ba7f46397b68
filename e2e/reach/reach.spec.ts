import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from '../fixtures.ts';
import { launchFirefox } from '../firefox/firefox.ts';
import { tabOf } from '../home/popup-line.ts';
import { code, notebook } from '../notebooks/notebook.ts';
import { until } from '../until.ts';
import { doorBundle } from './door-bundle.ts';

const story = notebook(
  code(
    'training',
    `
def train():
    import time, torch
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.AdamW(net.parameters())
    for step in range(600):
        net(torch.randn(2, 4)).sum().backward()
        optimizer.step()
        if step == 3:
            print("it trains")
        time.sleep(0.05)
train()`,
  ),
);

const Said = v.object({
  ok: v.literal(true),
  value: v.looseObject({ once: v.looseObject({ kind: v.string() }) }),
});

/** The wish as a line of script in the extension's own context, where \`doorBundle\` ran. */
const wishFor = (address: string, kernelId: string, wish: object, tabId: number | null): string =>
  `reachByCookie(${JSON.stringify({ origin: new URL(address).origin, basePath: new URL(address).pathname })}, ${JSON.stringify(kernelId)}, ${JSON.stringify(wish)}, ${tabId})`;

const saves = async (say: (wish: object) => Promise<unknown>): Promise<void> => {
  const asked = await say({ do: 'save' });
  expect(asked).toMatchObject({ ok: true, value: { answer: { kind: 'pending' } } });
  const state = await until('the checkpoint', async () => {
    const { value } = v.parse(Said, await say({ do: 'state' }));
    return value.once.kind === 'pending' ? undefined : value;
  });
  expect(state).toMatchObject({ once: { kind: 'saved', framework: 'pytorch' } });
};

for (const [title, options] of [
  ['with a token', { auth: 'token' }],
  ['with a password, behind a base URL', { auth: 'password', baseUrl: '/user/ada/' }],
] as const)
  test(`Chromium, JupyterLab ${title}: the busy kernel is reached from the background @long`, async ({
    open,
    browserWithExtension,
  }) => {
    const page = await open(story, options);
    await page.start(0);
    const extension = await browserWithExtension.extension();
    const { worker } = extension;
    const tabId = await extension.tabIdOf(page.page);
    await worker.evaluate(await doorBundle());
    const kernelId = await page.kernelId();
    await expect(page.page.locator('.jp-OutputArea-output')).toContainText('it trains', { timeout: 60_000 });
    await saves((wish) => worker.evaluate(wishFor(page.server.url, kernelId, wish, tabId)));
    // The page that shows the notebook was told the truth, too.
    await expect(page.page.locator('.jp-Notebook-ExecutionIndicator')).toHaveAttribute('data-status', 'busy');
    const kernels = await page.server.rest.kernels();
    expect(kernels.find(({ id }) => id === kernelId)?.execution_state).toBe('busy');
  });

for (const auth of ['token', 'password'] as const)
  test(`Firefox, JupyterLab with a ${auth}: the busy kernel is reached from the extension @long`, async ({
    folder,
    startServer,
  }) => {
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story));
    const server = await startServer({ auth });
    await using firefox = await launchFirefox();
    const page = await firefox.newPage();
    await page.goto(server.notebookUrl('story.ipynb'));
    if (auth === 'password') {
      await page.locator('input[type="password"]').fill(server.password);
      await page.keyboard.press('Enter');
    }
    const kernel = await until('the kernel', async () => {
      const found = await server.rest.kernelOf('story.ipynb');
      return found?.execution_state === 'idle' ? found : undefined;
    });
    await page.locator('.lm-MenuBar-item ::-p-text(Run)').click();
    await page.locator('.lm-Menu-item ::-p-text(Run All Cells)').click();
    await page.waitForSelector('.jp-OutputArea-output ::-p-text(it trains)', { timeout: 60_000 });
    const popup = await firefox.openPopup(page);
    await popup.evaluate(await doorBundle());
    // Once by itself, once through the page: both ways are there.
    const tabId = auth === 'token' ? null : tabOf(await popup.evaluate(() => location.href));
    await saves((wish) => popup.evaluate(wishFor(server.url, kernel.id, wish, tabId)));
  });
