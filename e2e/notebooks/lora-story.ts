import { code, markdown, notebook, type Notebook } from './notebook.ts';
import { pythonString } from './python-literal.ts';

export interface Story {
  /** As the user would write it in TrainingArguments: relative to the notebook's folder. */
  readonly outputDir: string;
  readonly maxSteps: number;
  readonly saveSteps: number;
  /** Tokens in an example; what a step costs grows with it. 96 gives about 40 ms a step on one core. */
  readonly sequenceLength: number;
  /** Undefined leaves the default, 500 in Transformers 5.23. See `lastLoss` in compare.ts before changing it. */
  readonly loggingSteps?: number;
  /** Waited after each step, in seconds. Undefined: a step takes what the machine needs, 10 to 40 ms. */
  readonly pause?: number;
  /**
   * How a notebook shows the progress: the Trainer's own HTML table (by default), tqdm's bar as text on stderr, or
   * nothing but the dictionaries that are logged, on stdout. A plain script has a bar in the table's place.
   */
  readonly progress?: 'table' | 'bar' | 'none';
}

export const defaultStory: Story = {
  outputDir: 'outputs',
  maxSteps: 600,
  saveSteps: 100,
  sequenceLength: 96,
};

/** A short run whose pace does not hang on the machine: about 30 steps a second, a checkpoint every other second. */
export const pacedStory: Partial<Story> = { maxSteps: 400, saveSteps: 50, sequenceLength: 16, pause: 0.025 };

/** The id of the cell that trains, in every notebook here. */
export const trainingCell = 'train';

/**
 * A LoRA fine-tune as people write it, small enough for one core: a two-layer Llama made from its config
 * (nothing is downloaded), a PEFT adapter, and TrainingArguments left at their defaults but for the few that
 * the story is about.
 */
export const loraStory = (changes: Partial<Story> = {}): Notebook => {
  const story = { ...defaultStory, ...changes };
  return notebook(
    markdown('title', '# Fine-tune a small Llama with LoRA'),
    code('imports', imports),
    code('data', dataset(story.sequenceLength)),
    code('model', model(story.sequenceLength)),
    code('arguments', trainingArguments(story)),
    code('trainer', trainer(story)),
    code(trainingCell, 'trainer_stats = trainer.train()'),
    code('after', "print(f'trained for {trainer_stats.global_step} steps')"),
  );
};

export const imports = `
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM, Trainer, TrainingArguments, set_seed

set_seed(3407)
`;

/** Token ids with something to learn: each row counts up from its own start. */
export const dataset = (sequenceLength: number): string => `
generator = torch.Generator().manual_seed(0)
starts = torch.randint(0, 256, (2048, 1), generator=generator)
strides = torch.randint(1, 8, (2048, 1), generator=generator)
rows = (starts + strides * torch.arange(${sequenceLength})) % 256
train_dataset = [{"input_ids": row, "labels": row} for row in rows]
`;

export const model = (sequenceLength: number): string => `
config = LlamaConfig(
    vocab_size=256,
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=2,
    num_attention_heads=4,
    max_position_embeddings=${sequenceLength},
)
model = get_peft_model(
    LlamaForCausalLM(config),
    LoraConfig(r=8, lora_alpha=16, lora_dropout=0.05, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"),
)
model.print_trainable_parameters()
`;

export const trainer = ({ pause, progress }: Story): string => {
  const made = pause === undefined ? plainTrainer : pacedTrainer(pause);
  return progress === 'bar' ? `${made}\n${textBar}` : made;
};

const plainTrainer = 'trainer = Trainer(model=model, args=training_args, train_dataset=train_dataset)';

export const pacedTrainer = (pause: number): string => `
import time
from transformers import TrainerCallback

class Pace(TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        time.sleep(${pause})

trainer = Trainer(model=model, args=training_args, train_dataset=train_dataset, callbacks=[Pace()])
`;

/** ProgressCallback (Transformers 5.23) asks `tqdm.auto`, which makes a widget in a kernel that has ipywidgets. */
const textBar = `
import tqdm
from transformers import ProgressCallback, trainer_callback
from transformers.utils.notebook import NotebookProgressCallback

trainer_callback.tqdm = tqdm.tqdm
trainer.remove_callback(NotebookProgressCallback)
trainer.add_callback(ProgressCallback)
`;

export const trainingArguments = (story: Story): string => `
training_args = TrainingArguments(
    output_dir=${pythonString(story.outputDir)},
    max_steps=${story.maxSteps},
    save_steps=${story.saveSteps},
    save_total_limit=3,${optionalArguments(story)}
    report_to="none",
    seed=3407,
)
`;

const optionalArguments = ({ loggingSteps, progress }: Story): string =>
  [
    loggingSteps === undefined ? '' : `\n    logging_steps=${loggingSteps},`,
    progress === 'none' ? '\n    disable_tqdm=True,' : '',
  ].join('');
