import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { exchangeHere } from '../browser/socket-exchange.ts';
import { limitedGroups, machineMemory } from './machine-memory.ts';
import { canHaveOwnMemory } from './own-memory.ts';
import { startReachRig, type ReachRig } from './reach-rig.ts';
import type { RealKernel } from './real-kernel.ts';

const MB = 1024 ** 2;
const LIMIT = 600 * MB;

const usageSchema = v.object({
  content: v.object({
    kernel_memory: v.pipe(v.number(), v.minValue(1)),
    host_virtual_memory: v.object({ total: v.pipe(v.number(), v.minValue(1)) }),
  }),
});

/** Asks the kernel itself, on its control channel, as ipykernel 6.9 and later understand it. */
const askUsage = async (rig: ReachRig, kernel: RealKernel) => {
  const { address, access } = rig.server;
  const [id, session] = [crypto.randomUUID(), crypto.randomUUID()];
  const header = { msg_id: id, msg_type: 'usage_request', session, username: '', date: '', version: '5.3' };
  const exchanged = await exchangeHere({
    url: `${address.origin.replace('http', 'ws')}${address.basePath}api/kernels/${kernel.id}/channels?session_id=${session}&token=${access.token}`,
    message: JSON.stringify({
      header: { ...header, date: new Date().toISOString() },
      parent_header: {},
      metadata: {},
      content: {},
      channel: 'control',
      buffers: [],
    }),
    id,
    timeoutMs: 15_000,
    mostCharacters: 100_000,
  });
  if (exchanged.kind !== 'reply') throw new Error(exchanged.kind);
  return v.parse(usageSchema, JSON.parse(exchanged.text)).content;
};

const colab = join(import.meta.dirname, '../../.venv-colab/bin/python');

/**
 * Why the kernel is not asked, though it would answer (docs/adr/0008-memory.md). The day one of these fails, it may be: a
 * kernel or a server has then learned to tell a question on the control channel from the end of a cell.
 */
describe.each([
  ['ipykernel 7', undefined],
  ["Colab's ipykernel 6.17", colab],
])('%s', (_, python) => {
  it.runIf(python === undefined || existsSync(python))(
    'tells its memory while its cell trains, and is then taken for idle by its server and its pages',
    { timeout: 120_000 },
    async () => {
      await using rig = await startReachRig(python === undefined ? {} : { python });
      const kernel = await rig.kernelWith('import time');
      const cell = kernel.run('held = bytearray(100_000_000)\nprint("holds it")\ntime.sleep(8)');
      await cell.shows(/holds it/);
      await expect.poll(() => kernel.state()).toBe('busy');
      expect((await askUsage(rig, kernel)).kernel_memory).toBeGreaterThan(100_000_000);
      await expect.poll(() => kernel.state()).toBe('idle');
      expect(kernel.strangers).toContainEqual({ type: 'status', parent: 'usage_request', state: 'idle' });
      await cell.ended;
    },
  );
});

it.runIf(canHaveOwnMemory())(
  'a machine whose files are served tells of a real kernel what it takes, without its knowing; and one that takes all dies without a word',
  { timeout: 240_000 },
  async () => {
    await using rig = await startReachRig({ memoryBytes: LIMIT, servesMachine: true });
    const { address, access } = rig.server;
    const kernel = await rig.kernelWith('import time');
    const groups = await limitedGroups(address, access);
    expect(groups).toMatchObject({ ok: true, value: [{ limitBytes: expect.closeTo(LIMIT, -5) }] });
    const use = async () => {
      const told = groups.ok && groups.value !== null && (await machineMemory(address, groups.value, access));
      if (told === false || !told.ok || told.value === null) throw new Error(JSON.stringify([groups, told]));
      return told.value;
    };
    const before = await use();
    const heard = kernel.strangers.length;
    const cell = kernel.run(`
held = b"x" * 200_000_000
print("holds it")
time.sleep(6)
print("goes on")`);
    await cell.shows(/holds it/);
    const during = await use();
    expect(during.limitBytes).toBe(before.limitBytes);
    expect(during.usedBytes - before.usedBytes).toBeGreaterThan(190_000_000);
    expect(during.usedBytes - before.usedBytes).toBeLessThan(230_000_000);
    expect(await kernel.state()).toBe('busy');
    expect(await cell.ended).toMatchObject({ status: 'ok', text: 'holds it\ngoes on\n' });
    expect(kernel.strangers.slice(heard)).toEqual([]);

    // Files that were read fill what is left, and are no reason to worry.
    await kernel.told(`
import os
with open(os.path.join(ROOT, "read"), "wb") as file:
    for part in range(20): file.write(os.urandom(10_000_000))
    file.flush()
    os.fsync(file.fileno())`);
    expect(Math.abs((await use()).usedBytes - during.usedBytes)).toBeLessThan(60_000_000);

    const last = kernel.run('parts = []\nwhile True: parts.append(b"x" * 10_000_000)');
    const ended = await Promise.race([last.ended, pause(60_000, 'nothing was said' as const)]);
    // Its server starts another one; of the cell's end nobody hears but by that.
    expect(ended === 'nothing was said' || ended.text === '').toBe(true);
  },
);
