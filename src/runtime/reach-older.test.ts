import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readReachAnswer } from '../core/reach/reach-answer.ts';
import { REACH_SOURCE } from '../core/reach/reach-program.ts';
import {
  WATCH_ANSWER,
  WATCH_MODULE,
  WATCH_REQUEST,
  watchCell,
  watchRequest,
} from '../core/reach/watch-cell.ts';
import { resumeLoopLines } from '../core/reach/resume-loop-lines.ts';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { savedOf, startReachRig } from './reach-rig.ts';
import { PYTORCH_TRAINING, TRANSFORMERS_TRAINING } from './reach-trainings.ts';

/** Colab's published versions: ipykernel 6.17.1, IPython 7.34, without subshells. */
const python = join(import.meta.dirname, '../../.venv-colab/bin/python');

it.runIf(existsSync(python)).each([
  ['pytorch', PYTORCH_TRAINING],
  ['transformers', TRANSFORMERS_TRAINING],
])(
  "Colab's own kernel, which has no subshells, is reached as well: %s",
  { timeout: 240_000 },
  async (name, training) => {
    await using rig = await startReachRig({ python });
    const kernel = await rig.kernelWith(training);
    expect(
      await kernel.told('import ipykernel, IPython\nprint(ipykernel.__version__, IPython.__version__)'),
    ).toBe('6.17.1 7.34.0\n');
    const untouched = await kernel.told(`print(run("untouched"))`);
    const cell = kernel.run(`print(run("${name}"))`);
    await cell.shows(/step 5/);
    await rig.ask(kernel, { do: 'save' });
    const saved = savedOf(await rig.end(kernel));
    await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('busy');
    const { text, error } = await cell.ended;
    expect(error).toBe(null);
    expect(text.trimEnd().split('\n').at(-1)).toBe(untouched.trimEnd().split('\n').at(-1));
    await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('idle');
    const { names } = await rig.ask(kernel, { do: 'state' });
    const resume = name === 'pytorch' ? resumeLoopLines(saved.path, names ?? {}).join('\n') : saved.path;
    const resumed = await kernel.told(`print(run("${name}", resume=${pythonLiteral(resume)}))`);
    expect(resumed.trimEnd().split('\n').at(-1)).toBe(untouched.trimEnd().split('\n').at(-1));
  },
);

it.runIf(existsSync(python))(
  'with the inserted cell a file is obeyed, taken away, and answered beside it',
  { timeout: 240_000 },
  async () => {
    await using rig = await startReachRig({ python });
    const kernel = await rig.kernelWith(PYTORCH_TRAINING);
    const folder = join(rig.root, 'outputs');
    const words = { comment: 'takes wishes', ready: 'ready', missing: 'missing' };
    expect(await kernel.told(watchCell(folder, words))).toBe('missing\n');
    mkdirSync(folder);
    writeFileSync(join(folder, WATCH_MODULE), REACH_SOURCE);
    writeFileSync(join(folder, WATCH_REQUEST), watchRequest('too late', { do: 'save' }));
    expect(await kernel.told(watchCell(folder, words))).toBe('ready\n');
    expect(existsSync(join(folder, WATCH_REQUEST)), 'a wish of before').toBe(false);
    expect(await kernel.told(watchCell(folder, words))).toBe('ready\n');
    const answer = (): unknown =>
      existsSync(join(folder, WATCH_ANSWER))
        ? JSON.parse(readFileSync(join(folder, WATCH_ANSWER), 'utf8'))
        : null;
    const untouched = await kernel.told('print(run("untouched"))');
    const cell = kernel.run('print(run("watched"))\nimport time\ntime.sleep(3)');
    await cell.shows(/step 5/);
    writeFileSync(join(folder, WATCH_REQUEST), watchRequest('wish-1', { do: 'save' }));
    await expect.poll(answer, { timeout: 20_000 }).toMatchObject({
      id: 'wish-1',
      once: { kind: 'saved', framework: 'pytorch' },
    });
    expect(existsSync(join(folder, WATCH_REQUEST))).toBe(false);
    expect(readReachAnswer(JSON.stringify(answer()))).toMatchObject({ ok: true });
    expect((await cell.ended).text.trim()).toBe(untouched.trim());
    writeFileSync(join(folder, WATCH_REQUEST), 'no json');
    await expect.poll(() => existsSync(join(folder, WATCH_REQUEST)), { timeout: 20_000 }).toBe(false);
  },
);
