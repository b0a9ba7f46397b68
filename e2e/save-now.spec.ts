import { expect, test } from './fixtures.ts';
import { endedAt, torchWeights } from './notebooks/frameworks/ended-at.ts';
import { ending, uninterruptedEnding } from './notebooks/frameworks/ending.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { code, indexOf, notebook } from './notebooks/notebook.ts';
import { unsavingStory } from './notebooks/unsaving-story.ts';
import { cellBelow, kill, reach, train } from './training.ts';

const story = unsavingStory();
/** The server looks for dead kernels every three seconds, and a new one imports what it needs. */
const KERNEL_BACK_MS = 60_000;

test('a run that saves nothing is saved by a click, killed, resumed, and ends as one that nothing happened to', async ({
  open,
  browserWithExtension,
}) => {
  test.setTimeout(240_000);
  const notebook = await open(story);
  const popup = await train(notebook, browserWithExtension);
  await reach(notebook, 60);
  await popup.press(/^Save now/);
  await expect(popup.page.getByRole('heading', { name: /Run a few lines of Holdfast/ })).toBeVisible();
  await popup.page.getByRole('button', { name: 'What runs in the kernel' }).click();
  await expect(popup.page.getByLabel('Python code')).toContainText('class TransformersRun');
  await popup.press(/^Yes, save now$/);
  await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible();
  await popup.says(/^Safe up to step \d+$/);
  await expect(popup.page.getByText(/saved by you/)).toBeVisible();
  await expect
    .poll(async () => (await notebook.server.rest.kernelOf(notebook.path))?.execution_state)
    .toBe('busy');

  await kill(notebook, popup);
  await popup.page.getByRole('button', { name: /Run setup and resume/ }).waitFor({ timeout: KERNEL_BACK_MS });
  await expect.poll(() => cellBelow(notebook)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-\d+"/);
  await popup.press(/Run setup and resume/);
  await popup.says(/^Finished, step 300$/, { timeoutMs: 120_000 });
  expect(await ending(notebook)).toBe(await uninterruptedEnding(story));
});

test(
  'save and stop; a save every so many steps, taken back',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 20);
    const { page } = popup;
    await page.getByRole('button', { name: 'More ways to save' }).click();
    await page.getByLabel('From now on, save every so many steps').fill('20');
    await page.getByRole('button', { name: 'Start' }).click();
    await popup.press(/^Yes, every 20 steps$/);
    await expect(page.getByText(/^Saves every 20 steps since you asked for it/)).toBeVisible();
    await popup.says(/^Safe up to step \d+$/);
    await page.getByRole('button', { name: 'Stop that' }).click();
    await expect(page.getByText(/^Saves every 20 steps/)).toBeHidden();

    await page.getByRole('button', { name: 'More ways to save' }).click();
    await page.getByRole('button', { name: /^Save and stop/ }).click();
    await popup.says(/^Finished, step \d+$/);
    await expect(page.getByText(/saved by you/)).toBeVisible();
    const last = indexOf(story, 'after');
    await notebook.run(last);
    await expect(notebook.output(last)).toContainText(/epoch [12]?\d\d, weights/);
  },
);

/** A loop of one's own that saves nothing. */
const loop = notebook(
  code('imports', 'import time, torch\ntorch.manual_seed(7)'),
  code(
    'model',
    `
net = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Dropout(0.1), torch.nn.Linear(16, 1))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-2)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=400)
`,
  ),
  code(
    trainingCell,
    `
for step in range(400):
    x = torch.randn(8, 4)
    loss = (net(x) - x.sum(1, keepdim=True)).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    print(f"step {step} loss {loss.item():.4f}")
    time.sleep(0.05)
`,
  ),
  code('after', endedAt('step', torchWeights('net.state_dict()'))),
);

test(
  'a loop that never saves is saved by a click, killed, resumed, and ends as one that nothing happened to',
  {
    tag: '@long',
  },
  async ({ open, browserWithExtension }) => {
    const opened = await open(loop);
    const popup = await train(opened, browserWithExtension);
    await expect(popup.page.locator('main')).toContainText(/step ([6-9]\d|[1-3]\d\d) · loss/);
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible();
    await popup.says(/^Safe up to step \d+$/);
    await kill(opened, popup);
    await expect
      .poll(() => cellBelow(opened))
      .toMatch(/for step in range\(holdfast_saved\["numbers"\]\["step"\] \+ 1, 400\)/);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished/, { timeoutMs: 120_000 });
    expect(await ending(opened)).toBe(await uninterruptedEnding(loop));
  },
);
