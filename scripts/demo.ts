import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { openNotebook } from '../e2e/jupyter/notebook-page.ts';
import { startJupyter } from '../e2e/jupyter/server.ts';
import { digestCheckpoint } from '../e2e/notebooks/compare.ts';
import { defaultStory, loraStory, trainingCell } from '../e2e/notebooks/lora-story.ts';
import { indexOf } from '../e2e/notebooks/notebook.ts';
import { uninterruptedRun } from '../e2e/notebooks/uninterrupted.ts';
import { buildChrome } from './builds.ts';
import { hasDisplay } from './demo/display.ts';
import { recover } from './demo/recovery.ts';
import { transcript } from './demo/transcript.ts';
import { verdict } from './demo/verdict.ts';
import { runAll } from './program.ts';

/** Logged often, so that both runs log a loss on the step that is resumed from: see compare.ts. */
const story = loraStory({ loggingSteps: 50 });
const { maxSteps, outputDir } = defaultStory;
const killedAt = 450;

/**
 * `npm run demo`: a LoRA fine-tune in JupyterLab loses its kernel at step 450, Holdfast puts it back, and the
 * result is held against the same run without an accident. On a screen where there is one.
 */
const main = async (): Promise<number> => {
  const built = await runAll([buildChrome]);
  if (built !== 0) return built;
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
  try {
    return await play(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const play = async (folder: string): Promise<number> => {
  const lines = transcript();
  lines.say('the same cells run as a plain script, without an accident, to compare with');
  const reference = uninterruptedRun(story);
  reference.catch(() => undefined); // told where it is awaited
  await writeFile(join(folder, 'lora.ipynb'), JSON.stringify(story, undefined, 1));
  await using server = await startJupyter({ frontEnd: 'lab', auth: 'token', rootDir: folder });
  lines.say('JupyterLab is up');
  await using browser = await launchBrowser({ headed: hasDisplay() });
  const notebook = await openNotebook(await browser.newPage(), server, 'lora.ipynb');
  lines.say('the notebook is open in Chromium, with Holdfast');

  const cell = indexOf(story, trainingCell);
  await notebook.runAllAbove(cell, { timeoutMs: 120_000 });
  lines.say('the cells above the training cell have run');
  await (await browser.extension()).recordNotifications();
  await notebook.start(cell);
  await notebook.waitForStep(cell, 1);
  lines.say('training');
  const { step } = await notebook.waitForStep(cell, killedAt);
  await server.killKernel(await notebook.kernelId());
  lines.say(`step ${step}: the kernel is killed (kill -9)`);

  await recover({ browser, notebook, cell, transcript: lines });
  const last = `${outputDir}/checkpoint-${maxSteps}`;
  const { line, same } = verdict(
    await digestCheckpoint(join(await reference, last)),
    await digestCheckpoint(join(folder, last)),
    maxSteps,
  );
  console.log(line);
  return same ? 0 : 1;
};

process.exitCode = await main();
