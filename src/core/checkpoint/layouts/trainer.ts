import { stepOfCheckpointName } from '../checkpoint-name.ts';
import type { FolderKind } from './folder-kinds.ts';
import { has } from './layout.ts';
import { trainerNeeds } from './trainer-needs.ts';

/** `checkpoint-400/` of the Hugging Face Trainer; also what can't be told from one because it is not finished. */
export const trainerFolder: FolderKind = {
  framework: 'transformers',
  pointer: null,
  read: (name) => {
    const step = stepOfCheckpointName(name);
    return step === null ? null : { step, epoch: null };
  },
  isOne: () => true,
  needs: trainerNeeds,
};

/** PaddleNLP's Trainer writes the same folders with Paddle's own files, which are pickles: they prove nothing. */
export const paddleTrainerFolder: FolderKind = {
  ...trainerFolder,
  framework: 'paddle',
  isOne: ({ entries }) => entries.some(({ name }) => /\.pd(?:params|opt)$/.test(name)),
  needs: (contents) => ({
    files: ['trainer_state.json'],
    opaque: contents.entries.filter(({ name }) => /\.pd(?:params|opt)$/.test(name)).map(({ name }) => name),
    resumes: has(contents, 'optimizer.pdopt') ? 'exactly' : 'weights-only',
  }),
};
