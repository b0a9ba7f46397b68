import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { type ReachRig, savedOf, startReachRig } from './reach-rig.ts';
import { reachRun } from './reach-run.ts';
import {
  ACCELERATE_TRAINING,
  KERAS_TRAINING,
  LIGHTNING_TRAINING,
  PYTORCH_TRAINING,
  TRANSFORMERS_TRAINING,
} from './reach-trainings.ts';
import type { RealKernel } from './real-kernel.ts';

let rig: ReachRig;
let pytorch: RealKernel;
let transformers: RealKernel;
beforeAll(async () => {
  rig = await startReachRig();
  pytorch = await rig.kernelWith(PYTORCH_TRAINING);
  transformers = await rig.kernelWith(TRANSFORMERS_TRAINING);
});
afterAll(() => rig[Symbol.asyncDispose]());

const LONG = { timeout: 240_000 };
const reach = (kernel: RealKernel, wish: Parameters<typeof reachRun>[2], timeoutMs?: number) =>
  reachRun(
    rig.server.address,
    kernel.id,
    wish,
    rig.server.access,
    timeoutMs === undefined ? {} : { timeoutMs },
  );

/** Starts a run and waits until it is on its way. */
const begun = async (kernel: RealKernel, call: string) => {
  const cell = kernel.run(call);
  await cell.shows(/step 5/);
  return cell;
};

/** Names of the notebook, what IPython counts, what stands in for what, and what runs in the process. */
const TRACES = `
import json as _json, sys as _sys, threading as _threading
print(_json.dumps({"names": sorted(n for n in globals() if not n.startswith("_")), "out": sorted(Out), "cells": len(In),
  "follows": type(get_ipython().events.callbacks["post_execute"]).__name__, "count": get_ipython().execution_count,
  "hooks": type(_sys.modules["torch.optim.optimizer"]._global_optimizer_post_hooks).__name__,
  "threads": sorted(t.name for t in _threading.enumerate()), "underscore": repr(_)}))`;

describe('manners', () => {
  it('leaves no name, no count, no output, no thread, no hook', LONG, async () => {
    const tracesSchema = v.looseObject({ cells: v.number(), count: v.number(), hooks: v.string() });
    const traces = async () => v.parse(tracesSchema, JSON.parse(await pytorch.told(TRACES)));
    const before = await traces();
    expect(before.hooks).toBe('OrderedDict');
    const cell = await begun(pytorch, 'print(run("traces"))');
    await rig.ask(pytorch, { do: 'save' });
    savedOf(await rig.end(pytorch));
    expect((await cell.ended).text).toMatch(/^step 5\n[0-9a-f]{64}\n$/);
    // The training's cell, and the one that asks.
    expect(await traces()).toEqual({ ...before, cells: before.cells + 2, count: before.count + 2 });
    expect(pytorch.strangers.filter(({ type }) => type !== 'status')).toEqual([]);
  });

  it('two clicks within one long step make one checkpoint, a third after it another', LONG, async () => {
    const folder = join(rig.root, 'twice');
    const cell = pytorch.run(`
def slow():
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.AdamW(net.parameters())
    for step in range(8):
        net(torch.ones(1, 4)).sum().backward()
        optimizer.step()
        print("slow step", step)
        time.sleep(1)
slow()`);
    await cell.shows(/slow step 1/);
    const asked = await Promise.all([
      reach(pytorch, { do: 'save', folder }),
      reach(pytorch, { do: 'save', folder }),
    ]);
    expect(asked.map((each) => each.ok && each.value.answer?.kind)).toEqual(['pending', 'pending']);
    const first = savedOf(await rig.end(pytorch));
    expect(readdirSync(folder)).toEqual([`checkpoint-step-${first.step}.pt`]);
    await rig.ask(pytorch, { do: 'save', folder });
    expect(savedOf(await rig.end(pytorch)).step).toBeGreaterThan(first.step);
    expect(readdirSync(folder)).toHaveLength(2);
    await cell.ended;
    await pytorch.told('del slow');
  });

  it('an error in the middle of a save is told, forgotten, and the training goes on', LONG, async () => {
    await pytorch.told(
      'own_save = torch.save\ndef broken(*args): raise ValueError("no luck")\ntorch.save = broken',
    );
    const cell = await begun(pytorch, 'print(run("error"))');
    await rig.ask(pytorch, { do: 'save' });
    expect(await rig.end(pytorch)).toMatchObject({
      kind: 'failed',
      code: 'raised',
      message: 'ValueError: no luck',
    });
    expect(await cell.ended).toMatchObject({ status: 'ok', error: null });
    await pytorch.told('torch.save = own_save');
    const again = await begun(pytorch, 'print(run("error"))');
    await rig.ask(pytorch, { do: 'save' });
    savedOf(await rig.end(pytorch));
    await again.ended;
  });

  it('a full disk is told as that, and leaves nothing half written', LONG, async () => {
    const folder = join(rig.root, 'full');
    await pytorch.told(
      'import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))',
    );
    const cell = await begun(pytorch, 'print(run("full"))');
    await rig.ask(pytorch, { do: 'save', folder });
    expect(await rig.end(pytorch)).toMatchObject({ kind: 'failed', code: 'not-written' });
    expect(await cell.ended).toMatchObject({ status: 'ok', error: null });
    await pytorch.told(
      'resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes any path as the text that it is', LONG, async () => {
    const folder = join(rig.root, `it's "so" \\ {x} %s 😀 \u2028 \n; raise SystemExit`);
    const cell = await begun(pytorch, 'print(run("hostile"))');
    await rig.ask(pytorch, { do: 'save', folder });
    expect(savedOf(await rig.end(pytorch)).path.startsWith(`${folder}/`)).toBe(true);
    expect(await cell.ended).toMatchObject({ status: 'ok' });
  });

  it('says that nothing trains, that others train, and that a loop cannot be stopped', LONG, async () => {
    expect(await rig.ask(pytorch, { do: 'save' })).toMatchObject({
      answer: { kind: 'refused', code: 'nothing-trains' },
    });
    const cell = await begun(pytorch, 'print(run("stop"))');
    expect(await rig.ask(pytorch, { do: 'save', stop: true })).toMatchObject({
      answer: { kind: 'refused', code: 'cannot-stop' },
    });
    await cell.ended;
    await pytorch.told(`
from types import SimpleNamespace
import torch.distributed
own_group = (torch.distributed.is_initialized, torch.distributed.get_world_size)
torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)`);
    const alone = await begun(pytorch, 'print(run("alone"))');
    await rig.ask(pytorch, { do: 'save' });
    savedOf(await rig.end(pytorch));
    await alone.ended;
    await pytorch.told('torch.distributed.destroy_process_group()');
  });

  it('refuses where several processes train together', LONG, async () => {
    const other = `
import os, time, torch, torch.distributed as dist
dist.init_process_group("gloo", init_method="file://" + os.path.join(ROOT, "meeting"), rank=RANK, world_size=2)
net = torch.nn.Linear(2, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(200):
    net(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    print("step", step)
    time.sleep(0.02)`;
    const second = await rig.kernelWith('');
    const cells = [pytorch.run(`RANK = 0${other}`), second.run(`RANK = 1${other}`)];
    await Promise.all(cells.map((cell) => cell.shows(/step 5/)));
    expect(await rig.ask(pytorch, { do: 'save' })).toMatchObject({
      answer: { kind: 'refused', code: 'distributed' },
    });
    for (const cell of cells) expect(await cell.ended).toMatchObject({ status: 'ok' });
    await pytorch.told('dist.destroy_process_group()\ndel RANK, dist');
  });

  it('a save that nobody came to make is told as that', LONG, async () => {
    const cell = pytorch.run(
      'import time\nnothing = torch.optim.SGD([torch.zeros(1)], lr=1)\nprint("waits")\ntime.sleep(2)',
    );
    await cell.shows(/waits/);
    expect(await rig.ask(pytorch, { do: 'save' })).toMatchObject({
      answer: { kind: 'pending', framework: 'pytorch' },
    });
    await cell.ended;
    expect(await rig.end(pytorch)).toMatchObject({ kind: 'failed', code: 'training-ended' });
    expect(await pytorch.told(TRACES)).toContain('OrderedDict');
  });

  it('leaves plots, threads that print, and input of the cell that runs alone', LONG, async () => {
    const kernel = await rig.kernelWith(`
import threading, time, builtins, torch
shown = []
get_ipython().events.register("post_execute", lambda: shown.append(threading.current_thread().name))
def talk():
    for count in range(12):
        print(f"thread {count}\\n", end="")
        time.sleep(0.1)`);
    const cell = kernel.run(`
own = threading.Thread(target=talk)
own.start()
print("begun", len(shown))
time.sleep(1.5)
own.join()
print("over", len(shown), get_ipython().kernel._allow_stdin)`);
    await cell.shows(/thread 2/);
    await rig.ask(kernel, { do: 'state' });
    await rig.ask(kernel, { do: 'state' });
    const { text } = await cell.ended;
    const counts = /begun (\d+)[^]*over (\d+) (\w+)/.exec(text);
    expect(counts?.[2]).toBe(counts?.[1]);
    expect(counts?.[3]).toBe('True');
    expect(text.match(/thread \d+/g)).toHaveLength(12);
    expect(await kernel.told('print(set(shown))')).toBe("{'MainThread'}\n");
    expect(
      await kernel.told('print("write" in vars(sys := __import__("sys").stdout), sys.write.__qualname__)'),
    ).toMatch(/_tee/);
  });
});

describe('Transformers', () => {
  it(
    'rotates nothing away for ours, saves all there is to resume, and gives the settings back',
    LONG,
    async () => {
      const cell = await begun(
        transformers,
        `
class Settings(transformers.TrainerCallback):
    def on_train_end(self, args, state, control, **kwargs):
        print("limit", args.save_total_limit, args.save_only_model)
run("rotation", more=[Settings()], save_strategy="steps", save_steps=30, save_total_limit=1, save_only_model=True)`,
      );
      await pause(500);
      const { path } = (await rig.ask(transformers, { do: 'save' }), savedOf(await rig.end(transformers)));
      expect(readdirSync(path)).toContain('optimizer.pt');
      expect((await cell.ended).text).toContain('limit 1 True');
      // Its own rotation goes on as it would.
      expect(readdirSync(join(rig.root, 'rotation')).filter((name) => name.startsWith('checkpoint'))).toEqual(
        ['checkpoint-100'],
      );
    },
  );

  it('saves and stops: the training ends as if it were at its end', LONG, async () => {
    const cell = await begun(transformers, 'run("stopped", steps=2000)\nprint("came to its end")');
    await rig.ask(transformers, { do: 'save', stop: true });
    const saved = savedOf(await rig.end(transformers));
    const { text, status } = await cell.ended;
    expect({ status, ended: text.includes('came to its end') }).toEqual({ status: 'ok', ended: true });
    expect(saved.step).toBeLessThan(2000);
    expect(existsSync(join(saved.path, 'optimizer.pt'))).toBe(true);
  });

  it('saves every so many steps until that is taken back', LONG, async () => {
    const cell = await begun(transformers, 'run("every", steps=200)');
    expect(await rig.ask(transformers, { do: 'every', every: 10, keep: 2 })).toMatchObject({
      everySteps: 10,
    });
    let saved = savedOf(await rig.end(transformers, 'every'));
    const first = saved.step;
    while (saved.step < first + 30) {
      await pause(50);
      saved = savedOf(await rig.end(transformers, 'every'));
    }
    expect(await rig.ask(transformers, { do: 'undo' })).toMatchObject({ everySteps: null });
    await cell.ended;
    const steps = readdirSync(join(rig.root, 'every')).map((name) => Number(name.replace('checkpoint-', '')));
    expect(steps).toHaveLength(2);
    expect(Math.abs((steps[0] ?? 0) - (steps[1] ?? 0))).toBe(10);
    expect(Math.max(...steps)).toBeLessThan(200);
  });

  it('a wish for a training that was interrupted is not kept for the next one', LONG, async () => {
    await transformers.told(`
class Sleeps(transformers.TrainerCallback):
    def on_step_begin(self, args, state, control, **kwargs):
        if state.global_step == 6 and waiting:
            print("it sleeps")
            time.sleep(60)
def keep(trainer_class=transformers.Trainer):
    global kept
    class Kept(trainer_class):
        def __init__(self, *args, **kwargs):
            global kept
            super().__init__(*args, **kwargs)
            kept = self
    return Kept
own_trainer, transformers.Trainer = transformers.Trainer, keep()
waiting = True`);
    const cell = transformers.run('run("interrupted", more=[Sleeps()])');
    await cell.shows(/it sleeps/);
    expect(await rig.ask(transformers, { do: 'save' })).toMatchObject({ answer: { kind: 'pending' } });
    await transformers.interrupt();
    expect((await cell.ended).status).toBe('error');
    await transformers.told('waiting = False\nkept.train()\ntransformers.Trainer = own_trainer');
    expect(await rig.end(transformers)).toMatchObject({ kind: 'failed', code: 'training-ended' });
    expect(readdirSync(join(rig.root, 'interrupted'))).toEqual([]);
  });

  it('a full disk does not end the training', LONG, async () => {
    await transformers.told(
      'import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))',
    );
    const cell = await begun(transformers, 'print(run("trainer-full"))');
    await rig.ask(transformers, { do: 'save' });
    expect(await rig.end(transformers)).toMatchObject({ kind: 'failed', code: 'disk-full' });
    expect(await cell.ended).toMatchObject({ status: 'ok', error: null });
    await transformers.told(
      'resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))',
    );
    expect(readdirSync(join(rig.root, 'trainer-full'))).toEqual([]);
  });
});

describe.each([
  ['pytorch', PYTORCH_TRAINING, false],
  ['accelerate', ACCELERATE_TRAINING, false],
  ['lightning', LIGHTNING_TRAINING, true],
  ['keras', KERAS_TRAINING, true],
] as const)('%s', (framework, training, stops) => {
  it('saves every so many steps, keeps two, and stops where it can', LONG, async () => {
    const kernel = framework === 'pytorch' ? pytorch : await rig.kernelWith(training);
    const folder = join(rig.root, `${framework}-every`);
    const cell = await begun(kernel, `print(run("${framework}-every-run"))`);
    await rig.ask(kernel, { do: 'every', every: 5, folder });
    const first = savedOf(await rig.end(kernel, 'every'));
    let last = first;
    while (last.step < first.step + 15) {
      await pause(30);
      last = savedOf(await rig.end(kernel, 'every'));
    }
    await rig.ask(kernel, { do: 'undo' });
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await cell.ended).toMatchObject({ status: 'ok', error: null });
    if (!stops) return;
    const stopped = kernel.run(`print(run("${framework}-stop-run"))`);
    await stopped.shows(/step 5/);
    await rig.ask(kernel, { do: 'save', stop: true, folder });
    const saved = savedOf(await rig.end(kernel));
    expect(saved.step).toBeLessThan(100);
    await stopped.ended;
    const ended = await kernel.told(`print(run("${framework}-on", resume=${pythonLiteral(saved.path)}))`);
    expect(ended).toMatch(/[0-9a-f]{64}/);
  });
});
