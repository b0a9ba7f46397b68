import { trainingCell } from './lora-story.ts';
import { code, indexOf, type Notebook } from './notebook.ts';

/** The file that makes checkpoints heavy. */
export const ballast = 'ballast.bin';

/** The same story with checkpoints that take a while to be moved: each has a file of that many bytes more. */
export const withBallast = (story: Notebook, bytes: number): Notebook => ({
  ...story,
  cells: story.cells.toSpliced(indexOf(story, trainingCell), 0, code('ballast', ballastCallback(bytes))),
});

const ballastCallback = (bytes: number): string => `
import os
from transformers import TrainerCallback

class Ballast(TrainerCallback):
    def on_save(self, args, state, control, **kwargs):
        with open(f"{args.output_dir}/checkpoint-{state.global_step}/${ballast}", "wb") as file:
            file.write(os.urandom(${bytes}))

trainer.add_callback(Ballast())
`;
