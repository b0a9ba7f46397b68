import { fileLayout } from './file-kinds.ts';
import { numberIn, type Layout } from './layout.ts';

/** Stable-Baselines3 (2.8): `rl_model_1000_steps.zip` with the policy and its optimizer; `best_model.zip` of an EvalCallback. */
export const sb3Layout: Layout = fileLayout({
  framework: 'sb3',
  names: [
    {
      pattern: /^.+_(\d{1,15})_steps\.zip$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
    { pattern: /^best_model\.zip$/, resumes: 'exactly' },
  ],
  when: ({ entries }, hint) =>
    hint === 'sb3' || entries.some(({ name }) => /_\d+_steps\.zip$/.test(name) || name === 'best_model.zip'),
});
