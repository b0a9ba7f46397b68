import { fileLayout } from './file-kinds.ts';
import { filesOf, has, numberIn, type Layout } from './layout.ts';

/** fairseq: `checkpoint3.pt`, `checkpoint_3_5000.pt`, `checkpoint_last.pt`, `checkpoint_best.pt`, `checkpoint.best_loss_3.2.pt`. */
export const fairseqLayout: Layout = fileLayout({
  framework: 'fairseq',
  names: [
    {
      pattern: /^checkpoint(\d{1,15})\.pt$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'exactly',
    },
    {
      pattern: /^checkpoint_(\d{1,15})_(\d{1,15})\.pt$/,
      read: (match) => ({ step: numberIn(match, 2), epoch: numberIn(match, 1) }),
      resumes: 'exactly',
    },
    { pattern: /^checkpoint(?:_best|_last|\.best_.+)\.pt$/, resumes: 'exactly' },
  ],
  when: (folder, hint) => hint === 'fairseq' || (hint === null && has(folder, 'checkpoint_last.pt')),
});

/** OpenNMT-py: `{model}_step_1000.pt`. */
export const opennmtLayout: Layout = fileLayout({
  framework: 'opennmt',
  names: [
    {
      pattern: /^.+_step_(\d{1,15})\.pt$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
  ],
  when: (_, hint) => hint === 'opennmt',
});

/** JoeyNMT: `{step}.ckpt` beside `best.ckpt`. Bare numbers are taken only where they stand together, or it is known to train. */
export const joeynmtLayout: Layout = fileLayout({
  framework: 'opennmt',
  names: [
    {
      pattern: /^(\d{1,15})\.ckpt$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
    { pattern: /^(?:best|latest)\.ckpt$/, resumes: 'exactly' },
  ],
  when: (folder) => filesOf(folder).some(({ name }) => /^\d{1,15}\.ckpt$/.test(name)),
});

/** Flair: `model_epoch_3.pt`, `checkpoint.pt`, `best-model.pt`, `final-model.pt`. The models hold no optimizer unless asked to. */
export const flairLayout: Layout = fileLayout({
  framework: 'flair',
  names: [
    {
      pattern: /^model_epoch_(\d{1,15})\.pt$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'unknown',
    },
    { pattern: /^(?:best|final)-model\.pt$/, resumes: 'unknown' },
    { pattern: /^checkpoint\.pt$/, resumes: 'exactly' },
  ],
  when: (folder, hint) =>
    hint === 'flair' ||
    filesOf(folder).some(({ name }) => /^(?:best|final)-model\.pt$|^model_epoch_\d+\.pt$/.test(name)),
});

/**
 * AllenNLP: `model_state_epoch_3.th` (1.x) or `model_state_e3_b0.th` (2.x), from 0, each with a `training_state…` of its own;
 * `best.th`, the weights.
 */
export const allennlpLayout: Layout = fileLayout({
  framework: 'allennlp',
  names: [
    {
      pattern: /^model_state_(epoch_(\d{1,15})|e(\d{1,15})_b\d+)\.th$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 2) ?? numberIn(match, 3) }),
      resumes: 'exactly',
      others: (match) => [`training_state_${match[1] ?? ''}.th`],
    },
    { pattern: /^best\.th$/, resumes: 'weights-only' },
  ],
});
