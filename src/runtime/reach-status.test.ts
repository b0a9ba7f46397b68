import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { savedOf, startReachRig } from './reach-rig.ts';
import { PYTORCH_TRAINING } from './reach-trainings.ts';

const CULL = [
  '--MappingKernelManager.cull_idle_timeout=3',
  '--MappingKernelManager.cull_interval=1',
  '--MappingKernelManager.cull_connected=True',
];

const SILENT = `
def run(seconds):
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.AdamW(net.parameters())
    until = time.time() + seconds
    while time.time() < until:
        net(torch.ones(2, 4)).sum().backward()
        optimizer.step()
        time.sleep(0.05)`;

it(
  'a training that prints nothing is not culled after our visits, and the server knows what is true',
  { timeout: 120_000 },
  async () => {
    await using rig = await startReachRig({ settings: CULL });
    const kernel = await rig.kernelWith(PYTORCH_TRAINING + SILENT);
    const cell = kernel.run('run(15)');
    await pause(1000);
    await rig.ask(kernel, { do: 'save' });
    savedOf(await rig.end(kernel));
    await pause(1000);
    expect(await kernel.state()).toBe('busy');
    // Far longer than a kernel that were taken for idle would live.
    await pause(8000);
    expect(await kernel.state()).toBe('busy');
    expect(await cell.ended).toMatchObject({ status: 'ok', error: null, text: '' });
    await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('idle');
  },
);

it(
  'says idle whenever the cell is over, however close to its end the visit was',
  { timeout: 120_000 },
  async () => {
    await using rig = await startReachRig();
    const kernel = await rig.kernelWith(PYTORCH_TRAINING + SILENT);
    for (let count = 0; count < 15; count += 1) {
      const cell = kernel.run('run(0.3)');
      await pause(200 + Math.random() * 120);
      const visit = rig.ask(kernel, { do: 'state' });
      await cell.ended;
      await visit;
      await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('idle');
      await pause(150);
      expect(await kernel.state()).toBe('idle');
    }
  },
);
