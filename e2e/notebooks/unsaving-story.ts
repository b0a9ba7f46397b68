import { endedAt, torchWeights } from './frameworks/ended-at.ts';
import { loraStory, type Story } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

/** A LoRA fine-tune that saves nothing at all, and tells at its end what the weights are. */
export const unsavingStory = (changes: Partial<Story> = {}): Notebook => {
  const { cells } = loraStory({ maxSteps: 300, saveSteps: 7, sequenceLength: 16, pause: 0.05, ...changes });
  return notebook(
    ...cells.flatMap((cell) => {
      if (cell.cell_type === 'code' && cell.id === 'after') return [];
      return cell.cell_type === 'code' && cell.id === 'arguments'
        ? [{ ...cell, source: cell.source.replace('save_steps=7,', 'save_strategy="no",') }]
        : [cell];
    }),
    code(
      'after',
      // A training that was stopped has its weights where the Trainer put them.
      endedAt('trainer.state.global_step', torchWeights('model.cpu().state_dict()')),
    ),
  );
};
