import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumeLoopLines } from '../core/reach/resume-loop-lines.ts';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { type ReachRig, savedOf, startReachRig } from './reach-rig.ts';
import {
  ACCELERATE_TRAINING,
  KERAS_TRAINING,
  LIGHTNING_TRAINING,
  PYTORCH_TRAINING,
  TRANSFORMERS_TRAINING,
} from './reach-trainings.ts';

/** How often each framework is asked at a random moment: `HOLDFAST_SAVES=20` for the full proof. */
const SAVES = Number(process.env['HOLDFAST_SAVES'] ?? 2);
const MINUTE = 60_000;

let rig: ReachRig;
beforeAll(async () => {
  rig = await startReachRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

/** What a run shows, without how long it took, and without the bar that Transformers shows at each save of its own. */
const timeless = (text: string): string =>
  text.replace(/\{'train_runtime'.*\n/, '').replace(/\{"text\/plain":"Writing model shards[^}]*\}\}/, '');

const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1);

describe.each([
  ['transformers', TRANSFORMERS_TRAINING],
  ['pytorch', PYTORCH_TRAINING],
  ['accelerate', ACCELERATE_TRAINING],
  ['lightning', LIGHTNING_TRAINING],
  ['keras', KERAS_TRAINING],
] as const)('%s', (framework, training) => {
  it(
    `saves a whole checkpoint at any moment, and changes nothing of the run (${SAVES} times)`,
    { timeout: (3 + SAVES) * MINUTE },
    async () => {
      const kernel = await rig.kernelWith(training);
      const untouched = await kernel.told(`print(run("${framework}-untouched"))`);
      expect(untouched).toMatch(/^step 5\n[^]*^[0-9a-f]{64}\n$/m);
      for (let count = 0; count < SAVES; count += 1) {
        const out = `${framework}-${count}`;
        const cell = kernel.run(`print(run("${out}"))`);
        await cell.shows(/step 5/);
        await pause(Math.random() * 700);
        const asked = await rig.ask(kernel, { do: 'save' });
        expect(asked).toMatchObject({ trains: { kind: 'trains', framework } });
        const saved = savedOf(await rig.end(kernel));
        expect(saved.framework).toBe(framework);
        const { text, error } = await cell.ended;
        expect({ text: timeless(text), error }).toEqual({ text: timeless(untouched), error: null });
        const { names } = await rig.ask(kernel, { do: 'state' });
        const resume =
          framework === 'pytorch' ? resumeLoopLines(saved.path, names ?? {}).join('\n') : saved.path;
        const resumed = await kernel.told(`print(run("${out}", resume=${pythonLiteral(resume)}))`);
        expect(lastLine(resumed)).toBe(lastLine(untouched));
      }
    },
  );
});
