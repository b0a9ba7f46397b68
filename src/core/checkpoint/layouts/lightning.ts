import { filesOf, has, numberIn, type Layout } from './layout.ts';
import { fileLayout, type FileName } from './file-kinds.ts';

/**
 * `epoch=3-step=400.ckpt` (default), `model-epoch=03-val_loss=0.25.ckpt` (a `filename` of the user's), `last.ckpt`; `-v1` behind
 * a name that was taken (Lightning 2.6). The step is the number of steps done, the epoch the one that was running, from 0.
 * Local files are written under another name and renamed.
 */
const NUMBERED: FileName = {
  pattern: /^(?=.*(?:epoch|step)=)(?:.*?epoch=(\d{1,15}))?(?:.*?(?<!\w)step=(\d{1,15}))?.*\.ckpt$/,
  read: (match) => ({ step: numberIn(match, 2), epoch: numberIn(match, 1) }),
  resumes: 'exactly',
};
const LAST: FileName = { pattern: /^last(?:-v\d+)?\.ckpt$/, resumes: 'exactly' };

export const lightningLayout: Layout = fileLayout({
  framework: 'lightning',
  names: [NUMBERED, LAST, { pattern: /^[^.].*\.ckpt$/, resumes: 'unknown' }],
  when: (folder, hint) =>
    hint === 'lightning' ||
    filesOf(folder).some(({ name }) => NUMBERED.pattern.test(name) || LAST.pattern.test(name)),
});

/** NeMo (2.5) in a file: Lightning's, with `consumed_samples` in the name and a mark beside it while it is written. */
export const nemoFileLayout: Layout = {
  frameworks: ['nemo'],
  find: (folder, hint) =>
    fileLayout({
      framework: 'nemo',
      names: [NUMBERED],
      when: ({ entries }) =>
        hint === 'nemo' || entries.some(({ name }) => name.includes('consumed_samples=')),
    })
      .find(folder, hint)
      .map((found) => {
        const mark = `${found.name}-unfinished`;
        return { ...found, unfinished: has(folder, mark) ? mark : null };
      }),
};
