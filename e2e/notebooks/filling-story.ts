import { trainingCell } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

/**
 * A loop that holds ever more, up to a border below the limit of its own control group, until a file says that it may let go
 * (`let-go`), and another that it may end (`end`).
 *
 * @param here The folder of those files.
 */
export const fillingStory = (here: string): Notebook =>
  notebook(
    code('imports', `import os, time, torch\ntorch.manual_seed(7)\nHERE = ${JSON.stringify(here)}`),
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
