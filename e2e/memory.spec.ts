import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canHaveOwnMemory, ownMemoryNeeds } from '../src/runtime/own-memory.ts';
import { expect, test } from './fixtures.ts';
import { openNotebook } from './jupyter/notebook-page.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { code, notebook } from './notebooks/notebook.ts';
import { train } from './training.ts';

const MB = 1024 ** 2;
/** Asked once a minute. */
const NOTICED_MS = 100_000;

/** A loop that holds ever more, up to a border below the limit of its own control group, until a file says that it may let go. */
const story = notebook(
  code('imports', 'import os, time, torch\ntorch.manual_seed(7)'),
  code(
    'model',
    `
net = torch.nn.Linear(4, 1)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-2)
older = "/sys/fs/cgroup/memory/"
names = ("memory.limit_in_bytes", "memory.usage_in_bytes") if os.path.exists(older) else ("memory.max", "memory.current")
group = older if os.path.exists(older) else "/sys/fs/cgroup/"
def number(name):
    with open(group + name) as file:
        return int(file.read())
def files():
    with open(group + "memory.stat") as file:
        counts = dict(line.split() for line in file)
    return sum(int(counts.get("total_" + name, counts.get(name, 0))) for name in ("active_file", "inactive_file"))
held = []
`,
  ),
  code(
    trainingCell,
    `
for step in range(4000):
    x = torch.randn(8, 4)
    loss = (net(x) - x.sum(1, keepdim=True)).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"step {step} loss {loss.item():.4f}")
    if os.path.exists(os.path.join(HERE, "let-go")):
        held.clear()
    elif number(names[1]) - files() < number(names[0]) * 0.94:
        held.append(b"x" * 8_000_000)
    if os.path.exists(os.path.join(HERE, "end")):
        break
    time.sleep(0.1)
`,
  ),
);

test(
  'memory that fills up is said while the run goes on, its save stands beside it, and it is gone when there is room',
  { tag: '@long' },
  async ({ folder, startServer, browserWithExtension }, testInfo) => {
    test.skip(!canHaveOwnMemory(), ownMemoryNeeds);
    test.setTimeout(420_000);
    const cells = story.cells.map((cell) =>
      cell.id === 'imports' ? { ...cell, source: `${cell.source}\nHERE = ${JSON.stringify(folder)}` } : cell,
    );
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify({ ...story, cells }, undefined, 1));
    const server = await startServer({ rootDir: '/', memoryBytes: 1200 * MB });
    const path = `${folder.slice(1)}/story.ipynb`;
    const opened = await openNotebook(await browserWithExtension.newPage(), server, path);
    const popup = await train({ ...opened, notebook: story }, browserWithExtension);
    const warning = popup.page.getByText(/^Memory is (?:nearly full|filling up): /);
    await expect(warning).toBeVisible({ timeout: NOTICED_MS });
    await expect(popup.page.getByText('A kernel that runs out dies without a word.')).toBeVisible();
    await expect(popup.page.getByText(/ of 1\.2 GB\./)).toBeVisible();
    await testInfo.attach('full.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    const state = async () => (await server.rest.kernelOf(path))?.execution_state;
    expect(await state(), 'it was not asked').toBe('busy');
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });

    await writeFile(join(folder, 'let-go'), '');
    await expect(warning).toBeHidden({ timeout: NOTICED_MS });
    expect(await state()).toBe('busy');
    await writeFile(join(folder, 'end'), '');
    await popup.says(/^Finished/, { timeoutMs: 60_000 });
  },
);
