import { executedCalls } from './executed-calls.ts';
import type { Following } from './follow-value.ts';
import type { FrameworkTraining } from './framework-training.ts';
import { findLoop } from './frameworks/loops.ts';
import type { Scene } from './frameworks/scene.ts';
import { callReaders } from './frameworks/table.ts';

/** Words without which no code of a notebook trains by a framework read here. */
const couldTrain = /\b(?:fit\w*|fine_tune|train|learn|backward|apply_gradients|apply_updates)\b/;

/** Whether anything in a notebook's code could train; cheap, before the code is followed. */
export const mentionsTraining = (text: string): boolean => couldTrain.test(text);

/**
 * What trains when a cell runs, of frameworks other than the Hugging Face Trainer: the first call of a kind that is
 * known, else a loop around gradients and an optimizer's step. `null`: nothing that is known.
 */
export function findTraining(follow: Following, cell: number): FrameworkTraining | null {
  const { cells } = follow.names;
  const read = cells[cell];
  if (read === undefined || !/\S/.test(read.tree.text)) return null;
  if (!cells.some(({ tree }) => mentionsTraining(tree.text))) return null;
  const scene: Scene = { follow, cell, cellId: read.id, calls: executedCalls(follow.names, cell) };
  for (const here of scene.calls) {
    for (const reader of callReaders) {
      const found = reader(scene, here);
      if (found !== null) return found;
    }
  }
  return findLoop(scene);
}
