import { join } from 'node:path';
import { digestCheckpoint } from '../../e2e/notebooks/compare.ts';
import { defaultStory, loraStory, trainingCell } from '../../e2e/notebooks/lora-story.ts';
import { indexOf } from '../../e2e/notebooks/notebook.ts';
import { uninterruptedRun } from '../../e2e/notebooks/uninterrupted.ts';
import type { Place, Stage } from './place.ts';
import type { Plot } from './plot.ts';
import { recover } from './recovery.ts';
import { transcript, type Transcript } from './transcript.ts';
import { verdict } from './verdict.ts';

const { maxSteps, outputDir } = defaultStory;
const killedAt = 450;

/**
 * A LoRA fine-tune loses its kernel at step 450, Holdfast puts it back, and the result is held against the same
 * run without an accident. Answers the exit code.
 */
export const play = async (place: Place, plot: Plot): Promise<number> => {
  const lines = transcript();
  // Logged often, so that both runs log a loss on the step that is resumed from: see compare.ts.
  const story = loraStory({ loggingSteps: 50, ...plot.changes });
  const cell = indexOf(story, trainingCell);
  lines.say('the same cells run as a plain script, without an accident, to compare with');
  const reference = uninterruptedRun(story);
  reference.catch(() => undefined); // told where it is awaited
  return place(story, lines, async (set) => {
    const stage = { ...set, pictures: `${set.pictures}${plot.pictures}` };
    await train(stage, cell, plot, lines);
    const last = `checkpoint-${maxSteps}`;
    await recover(stage, { cell, last }, lines);
    const folder = join(outputDir, last);
    const { line, same } = verdict(
      await digestCheckpoint(join(await reference, folder)),
      await digestCheckpoint(join(stage.folder(), folder)),
      maxSteps,
    );
    console.log(line);
    return same ? 0 : 1;
  });
};

/** Up to the accident. */
const train = async (stage: Stage, cell: number, plot: Plot, lines: Transcript): Promise<void> => {
  const { browser, notebook, killKernel } = stage;
  await notebook.runAllAbove(cell, { timeoutMs: 120_000 });
  lines.say('the cells above the training cell have run');
  await (await browser.extension()).recordNotifications();
  await notebook.start(cell);
  await notebook.waitForStep(cell, 1);
  lines.say('training');
  await plot.meanwhile(stage, cell, lines);
  const { step } = await notebook.waitForStep(cell, killedAt);
  lines.say(`step ${step}: ${await killKernel()}`);
};
