import { popupPage } from './extension/popup-page.ts';
import { expect, test } from './fixtures.ts';
import { code, notebook } from './notebooks/notebook.ts';

/** A loop of one's own under the bar that most loops have; in a notebook it is made of widgets and prints nothing. */
const book = notebook(
  code(
    'imports',
    `
import time
import torch
from tqdm.auto import tqdm

net = torch.nn.Linear(1, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
`,
  ),
  code(
    'training',
    `
with tqdm(total=400) as bar:
    for step in range(400):
        loss = (net(torch.ones(1)) - 2).square().sum()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        bar.set_postfix(loss=loss.item())
        bar.update()
        time.sleep(0.05)
`,
  ),
);

test('a bar made of widgets is read', { tag: '@long' }, async ({ open, browserWithExtension }) => {
  const page = await open(book);
  await page.run(0, { timeoutMs: 60_000 });
  const popup = popupPage(await browserWithExtension.openPopup(page.page));
  await page.page.bringToFront();
  await page.start(1);
  await expect(
    page.page.locator('.jp-OutputArea .widget-hbox, .jp-OutputArea .jupyter-widgets').first(),
  ).toBeVisible();
  await expect(popup.page.locator('main')).toContainText(/\d+\s*of 400\s*·\s*loss\s*\d/);
});
