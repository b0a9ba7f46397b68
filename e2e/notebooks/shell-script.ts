import { code, markdown, notebook, type Notebook } from './notebook.ts';
import {
  dataset,
  defaultStory,
  imports,
  model,
  trainingArguments,
  trainingCell,
  type Story,
} from './lora-story.ts';

/**
 * The same fine-tune as a script beside the notebook: `%%writefile train.py`, then `!python train.py`. Its
 * progress is plain text with carriage returns, and a dead kernel takes the script with it or not.
 * @param command what the training cell runs
 */
export const shellScriptStory = (changes: Partial<Story> = {}, command = 'python train.py'): Notebook => {
  const story = { ...defaultStory, ...changes };
  return notebook(
    markdown('title', '# Fine-tune by a script'),
    code('write', `%%writefile train.py\n${trainScript(story)}`),
    code(trainingCell, `!${command}`),
    code('after', "print('the script is done')"),
  );
};

/** Takes `--resume_from_checkpoint PATH`, as the example scripts of Transformers do. */
const trainScript = (story: Story): string =>
  `
import argparse
${imports.trim()}

parser = argparse.ArgumentParser()
parser.add_argument("--resume_from_checkpoint", default=None)
args = parser.parse_args()
${dataset(story.sequenceLength)}${model(story.sequenceLength)}${trainingArguments(story)}
trainer = Trainer(model=model, args=training_args, train_dataset=train_dataset)
trainer.train(resume_from_checkpoint=args.resume_from_checkpoint)
`.trim();
