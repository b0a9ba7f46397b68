import { filesOf, numberIn, type FoundCheckpoint, type Layout, type Reading } from './layout.ts';
import { rulesOfFiles } from './file-kinds.ts';

const readingOf = (prefix: string): Reading => {
  const match = /(?:^|_)epoch_(\d{1,15})$/.exec(prefix);
  return { step: null, epoch: match === null ? null : numberIn(match, 1) };
};

/** PaddleOCR and its like: `latest.pdparams`, `.pdopt`, `.states`; `best_accuracy`, `iter_epoch_270`. Pickles: they prove nothing. */
export const paddleLayout: Layout = {
  frameworks: ['paddle'],
  find: (folder) =>
    filesOf(folder).flatMap((file): FoundCheckpoint[] => {
      const prefix = /^(.+)\.pdparams$/.exec(file.name)?.[1];
      if (prefix === undefined) return [];
      const entries = filesOf(folder).filter(({ name }) =>
        [`${prefix}.pdparams`, `${prefix}.pdopt`, `${prefix}.states`].includes(name),
      );
      const resumes = entries.some(({ name }) => name.endsWith('.pdopt')) ? 'exactly' : 'weights-only';
      const rules = rulesOfFiles('paddle', resumes);
      const candidate = { ...readingOf(prefix), rules, isOne: () => true };
      return [{ name: prefix, form: 'prefix', entries, candidates: [candidate], unfinished: null }];
    }),
};
