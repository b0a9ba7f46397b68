import {
  dataset,
  defaultStory,
  imports,
  model,
  trainingArguments,
  trainingCell,
} from '../../e2e/notebooks/lora-story.ts';
import { code, notebook, type Notebook } from '../../e2e/notebooks/notebook.ts';

/** The one checkpoint that a run saves. */
export const SAVED_STEP = 20;
export const CHECKPOINT = `checkpoint-${SAVED_STEP}`;
export const OUTPUT_DIR = 'outputs';

/** In the notebook's folder: when its last run got where, see `step-times.ts`. */
export const TIMES_FILE = 'times.json';
/** In the notebook's folder: a line for each step, when it ended and how long it took, in seconds. */
export const STEPS_FILE = 'steps.txt';

export interface BenchStory {
  /** Size of the checkpoint. */
  readonly megabytes: number;
  /** Tokens in an example; what a step costs grows with it. */
  readonly sequenceLength: number;
  /** Waited after each step from the one that is saved on, in seconds. */
  readonly pause: number;
}

/**
 * The LoRA fine-tune of the tests, with a Trainer that tells when it took its steps. Its checkpoint is as large as it is asked to
 * be: beside what the Trainer writes lie random bytes that nothing reads when it goes on, in two files, one twice as large as
 * the other, as weights and an optimizer's state are.
 */
export const benchStory = ({ megabytes, sequenceLength, pause }: BenchStory): Notebook =>
  notebook(
    code('imports', `import time\n${imports.trim()}`),
    code('data', dataset(sequenceLength)),
    code('model', model(sequenceLength)),
    code(
      'arguments',
      trainingArguments({
        ...defaultStory,
        outputDir: OUTPUT_DIR,
        sequenceLength,
        maxSteps: 100_000,
        saveSteps: SAVED_STEP,
      }),
    ),
    code('trainer', trainer(megabytes, pause)),
    code(trainingCell, 'trainer_stats = trainer.train()'),
  );

const trainer = (megabytes: number, pause: number): string => {
  const smaller = Math.round(megabytes / 3);
  return `
import json, os
from transformers import TrainerCallback

class Ballast:
    def save_pretrained(self, folder, **kwargs):
        for name, megabytes in ("ballast-1.bin", ${smaller}), ("ballast-2.bin", ${megabytes - smaller}):
            with open(os.path.join(folder, name), "wb") as file:
                for _ in range(megabytes):
                    file.write(os.urandom(1_000_000))

class Clock(TrainerCallback):
    def on_train_begin(self, args, state, control, **kwargs):
        self.times = {"training": time.time()}
        self.steps = open("${STEPS_FILE}", "w", buffering=1)

    def on_step_begin(self, args, state, control, **kwargs):
        self.began = time.perf_counter()

    def on_step_end(self, args, state, control, **kwargs):
        took = time.perf_counter() - self.began
        now = time.time()
        self.steps.write(f"{now} {took}\\n")
        if "step" not in self.times:
            self.times["step"] = now
            with open("${TIMES_FILE}.part", "w") as file:
                json.dump(self.times, file)
            os.replace("${TIMES_FILE}.part", "${TIMES_FILE}")
        if state.global_step > ${SAVED_STEP}:
            control.should_save = False
            time.sleep(${pause})

trainer = Trainer(
    model=model,
    args=training_args,
    train_dataset=train_dataset,
    processing_class=Ballast(),
    callbacks=[Clock()],
)
`;
};
