import { fileLayout } from './file-kinds.ts';
import { NO_NUMBER, numberIn, type Layout, type Reading } from './layout.ts';

const numbersIn = (name: string): Reading => {
  const step = /(?:^|[-_.\d])(?:global_?step|step|iter|iteration)s?[-_=]?(\d{1,15})/i.exec(name);
  const epoch = /(?:^|[-_.])(?:epoch|ep)[-_=]?(\d{1,15})/i.exec(name);
  return {
    step: step === null ? null : numberIn(step, 1),
    epoch: epoch === null ? null : numberIn(epoch, 1),
  };
};

/** Words by which people name what they save while they train. */
const SOUNDS_SAVED =
  /(?:^|[-_.])(?:ckpts?|checkpoints?|last|latest|best|snapshot|epoch|ep|step|iter|iteration)s?(?:[-_.=\d]|$)/i;

/** nanoGPT: `out/ckpt.pt`, overwritten in place, with everything. Its loop is known by its source. */
export const nanogptLayout: Layout = fileLayout({
  framework: 'nanogpt',
  names: [{ pattern: /^ckpt\.pt$/, resumes: 'exactly' }],
  when: (_, hint) => hint === 'nanogpt',
});

/**
 * Somebody's own loop and `torch.save`. Where it is known that such a loop trains, every file of the kind is taken; else those
 * whose names say that they were saved. What is inside, only the loop knows.
 */
export const pytorchLayout: Layout = {
  frameworks: ['pytorch'],
  find: (folder, hint) => loop(hint !== 'pytorch').find(folder, hint),
};

const loop = (choosy: boolean): Layout =>
  fileLayout({
    framework: 'pytorch',
    names: [
      {
        pattern: /^([^.].*?)\.(?:pt|pth|ckpt|pth\.tar|tar)$/,
        read: (match) => {
          const name = match[1] ?? '';
          if (choosy && !SOUNDS_SAVED.test(name)) return null;
          return name === '' ? NO_NUMBER : numbersIn(name);
        },
        resumes: 'unknown',
      },
    ],
  });
