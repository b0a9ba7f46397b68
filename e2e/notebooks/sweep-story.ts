import { dataset, imports, model, pacedTrainer } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

const SEQUENCE_LENGTH = 16;
/** Steps of each run, and how often each evaluates, saves and logs. */
export const SWEEP = { maxSteps: 120, evalSteps: 20, saveSteps: 40, loggingSteps: 10 } as const;

/** Names of a run's two cells, and of the folder it writes into. */
export const sweepRun = (number: number) => ({
  setup: `setup-${number}`,
  train: `train-${number}`,
  outputDir: `outputs-${number}`,
});

/** The same LoRA fine-tune once for each learning rate, one after the other, with evaluations and a best checkpoint. */
export const sweepStory = (learningRates: readonly string[]): Notebook =>
  notebook(
    code('imports', imports),
    code('data', dataset(SEQUENCE_LENGTH)),
    ...learningRates.flatMap((rate, index) => {
      const { setup, train, outputDir } = sweepRun(index + 1);
      return [code(setup, setUp(rate, outputDir)), code(train, 'trainer.train()')];
    }),
  );

/** Beside the loss each evaluation measures the user's own metric. */
const DATA = 'train_dataset=train_dataset, eval_dataset=train_dataset[:16], compute_metrics=token_accuracy,';

const setUp = (rate: string, outputDir: string): string => `
set_seed(3407)
${model(SEQUENCE_LENGTH).trim()}

def token_accuracy(evaluated):
    return {"token_accuracy": 100 * float((evaluated.predictions.argmax(-1) == evaluated.label_ids).mean())}

training_args = TrainingArguments(
    output_dir="${outputDir}",
    learning_rate=${rate},
    max_steps=${SWEEP.maxSteps},
    save_steps=${SWEEP.saveSteps},
    logging_steps=${SWEEP.loggingSteps},
    eval_strategy="steps",
    eval_steps=${SWEEP.evalSteps},
    metric_for_best_model="eval_loss",
    greater_is_better=False,
    report_to="none",
    seed=3407,
)
${pacedTrainer(0.025).replace('train_dataset=train_dataset,', DATA).trim()}
`;
