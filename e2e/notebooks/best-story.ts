import { dataset, imports, model, trainingCell } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

export interface BestStory {
  readonly saveSteps: number;
  /** What the Trainer measures at each save, one after the other: more is better. As many checkpoints as scores. */
  readonly scores: readonly number[];
  /** Waited after each step, in seconds. */
  readonly pause: number;
  /** Saved with each checkpoint as `tokenizer.model`, the same bytes each time. */
  readonly tokenizerBytes: number;
}

const SEQUENCE_LENGTH = 16;

/** A LoRA fine-tune that tracks a metric, and saves a tokenizer with each checkpoint: the best one is not the newest. */
export const bestStory = ({ saveSteps, scores, pause, tokenizerBytes }: BestStory): Notebook =>
  notebook(
    code('imports', imports),
    code('data', dataset(SEQUENCE_LENGTH)),
    code('model', model(SEQUENCE_LENGTH)),
    code(
      'arguments',
      `
training_args = TrainingArguments(
    output_dir="outputs",
    max_steps=${saveSteps * scores.length},
    save_steps=${saveSteps},
    save_total_limit=3,
    eval_strategy="steps",
    eval_steps=${saveSteps},
    metric_for_best_model="score",
    greater_is_better=True,
    report_to="none",
    seed=3407,
)
`,
    ),
    code(
      'trainer',
      `
import os, random, time
from transformers import TrainerCallback

class Pace(TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        time.sleep(${pause})

class Tokenizer:
    def save_pretrained(self, folder, **kwargs):
        with open(os.path.join(folder, "tokenizer.model"), "wb") as file:
            file.write(random.Random(7).randbytes(${tokenizerBytes}))

scores = iter(${JSON.stringify(scores)})
trainer = Trainer(
    model=model,
    args=training_args,
    train_dataset=train_dataset,
    eval_dataset=train_dataset[:8],
    compute_metrics=lambda _: {"score": next(scores)},
    processing_class=Tokenizer(),
    callbacks=[Pace()],
)
`,
    ),
    code(trainingCell, 'trainer_stats = trainer.train()'),
  );
