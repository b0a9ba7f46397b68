import { code, markdown, notebook, type Notebook } from './notebook.ts';
import {
  dataset,
  defaultStory,
  imports,
  model,
  trainer,
  trainingArguments,
  trainingCell,
  type Story,
} from './lora-story.ts';

/**
 * The same fine-tune as a script beside the notebook: `%%writefile train.py`, then `!python train.py`. Its
 * progress is plain text with carriage returns, and a dead kernel takes the script with it or not.
 * @param command what the training cell runs
 * @param resumes whether the script takes a checkpoint to resume from
 */
export const shellScriptStory = (
  changes: Partial<Story> = {},
  command = 'python train.py',
  resumes = true,
): Notebook => {
  const story = { ...defaultStory, ...changes };
  return notebook(
    markdown('title', '# Fine-tune by a script'),
    code('write', `%%writefile train.py\n${resumes ? resumingScript(story) : plainScript(story)}`),
    code(trainingCell, `!${command}`),
    code('after', "print('the script is done')"),
  );
};

/** Takes `--resume_from_checkpoint PATH`, as the example scripts of Transformers do. */
const resumingScript = (story: Story): string =>
  `
import argparse
${imports.trim()}

parser = argparse.ArgumentParser()
parser.add_argument("--resume_from_checkpoint", default=None)
args = parser.parse_args()
${dataset(story.sequenceLength)}${model(story.sequenceLength)}${trainingArguments(story)}
${trainer(story).trim()}
trainer.train(resume_from_checkpoint=args.resume_from_checkpoint)
`.trim();

const plainScript = (story: Story): string =>
  `
${imports.trim()}
${dataset(story.sequenceLength)}${model(story.sequenceLength)}${trainingArguments(story)}
${trainer(story).trim()}
trainer.train()
`.trim();
