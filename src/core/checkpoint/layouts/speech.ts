import { fileLayout } from './file-kinds.ts';
import { has, numberIn, type Layout } from './layout.ts';

/** ESPnet2: `{n}epoch.pth` holds the model, `checkpoint.pth` all of the newest epoch. */
export const espnetLayout: Layout = fileLayout({
  framework: 'espnet',
  names: [
    {
      pattern: /^(\d{1,15})epoch\.pth$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'weights-only',
    },
    { pattern: /^checkpoint\.pth$/, resumes: 'exactly' },
  ],
  when: ({ entries }, hint) => hint === 'espnet' || entries.some(({ name }) => /^\d+epoch\.pth$/.test(name)),
});

/** Coqui's trainer: `checkpoint_10000.pth`, `best_model_9000.pth`, `best_model.pth`. */
export const coquiLayout: Layout = fileLayout({
  framework: 'coqui',
  names: [
    {
      pattern: /^(?:checkpoint|best_model)_(\d{1,15})\.pth$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
    { pattern: /^best_model\.pth$/, resumes: 'exactly' },
  ],
  when: (folder, hint) => hint === 'coqui' || (hint === null && has(folder, 'config.json')),
});

/** A number of RVC that stands for "the newest". */
const RVC_NEWEST = 2_333_333;

/** VITS, so-vits-svc, RVC: a generator and its discriminator, `G_1000.pth` and `D_1000.pth`; both are needed to go on. */
export const vitsLayout: Layout = fileLayout({
  framework: 'vits',
  names: [
    {
      pattern: /^G_(\d{1,15})\.pth$/,
      read: (match) => {
        const step = numberIn(match, 1);
        return { step: step === RVC_NEWEST ? null : step, epoch: null };
      },
      resumes: 'exactly',
      others: (match) => [`D_${match[1] ?? ''}.pth`],
    },
  ],
  when: (folder) =>
    folder.entries.some(({ name }) => /^G_\d+\.pth$/.test(name) && has(folder, `D${name.slice(1)}`)),
});
