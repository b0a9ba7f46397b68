import { afterAll, beforeAll, expect, it } from 'vitest';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { type ReachRig, startReachRig } from './reach-rig.ts';
import { reachRun } from './reach-run.ts';
import { PYTORCH_TRAINING } from './reach-trainings.ts';
import type { RealKernel } from './real-kernel.ts';

let rig: ReachRig;
let other: RealKernel;
beforeAll(async () => {
  rig = await startReachRig();
  other = await rig.kernelWith(PYTORCH_TRAINING);
});
afterAll(() => rig[Symbol.asyncDispose]());

const LONG = { timeout: 240_000 };

it('a kernel that died is gone, and one that never was', LONG, async () => {
  const kernel = await rig.kernelWith(PYTORCH_TRAINING);
  const cell = kernel.run('run("killed")');
  await cell.shows(/step 5/);
  await rig.ask(kernel, { do: 'save' });
  await other.told(
    `import os, signal\n[os.kill(int(p), signal.SIGKILL) for p in os.listdir("/proc") if p.isdigit() and ${pythonLiteral(kernel.id)} in open("/proc/" + p + "/cmdline", errors="replace").read()]`,
  );
  const after = await reachRun(rig.server.address, kernel.id, { do: 'state' }, rig.server.access, {
    timeoutMs: 3000,
  });
  // By then it may have been started anew, and that one knows of nothing.
  expect(after.ok ? after.value.once.kind : after.failure.kind).toMatch(
    /^(none|timeout|closed|kernel-gone|no-socket)$/,
  );
  const never = await reachRun(rig.server.address, crypto.randomUUID(), { do: 'state' }, rig.server.access);
  expect(never).toEqual({ ok: false, failure: { kind: 'kernel-gone' } });
});

it('without the token there is no way in', LONG, async () => {
  const refused = await reachRun(rig.server.address, other.id, { do: 'state' }, {});
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'server' } });
});
