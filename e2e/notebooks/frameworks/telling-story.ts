import { dataset, imports, model, trainer, defaultStory, trainingCell, type Story } from '../lora-story.ts';
import { code, notebook, type Notebook } from '../notebook.ts';
import { endedAt, torchWeights } from './ended-at.ts';

/**
 * The Trainer at `log_level="info"`: it tells where it saves, and nothing else does, because the folder comes from outside of
 * the notebook's code.
 */
export const tellingStory = (changes: Pick<Story, 'maxSteps' | 'saveSteps' | 'pause'>): Notebook => {
  const story = { ...defaultStory, sequenceLength: 16, ...changes };
  return notebook(
    code('imports', imports),
    code('data', dataset(story.sequenceLength)),
    code('model', model(story.sequenceLength)),
    code(
      'arguments',
      `
import os
training_args = TrainingArguments(
    output_dir=os.environ.get("RUN_FOLDER", "trained") + "/llama",
    max_steps=${story.maxSteps},
    save_steps=${story.saveSteps},
    log_level="info",
    report_to="none",
    seed=3407,
)
`,
    ),
    code('trainer', trainer(story)),
    code(trainingCell, 'trainer.train()'),
    code('after', endedAt('trainer.state.global_step', torchWeights('model.state_dict()'))),
  );
};
