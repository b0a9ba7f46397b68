import { fileLayout } from './file-kinds.ts';
import { numberIn, type Layout } from './layout.ts';

/** MosaicML Composer: `ep1-ba42-rank0.pt`, epochs and batches that are done; `latest-rank0.pt` is a link. */
export const composerLayout: Layout = fileLayout({
  framework: 'composer',
  names: [
    {
      pattern: /^ep(\d{1,15})-ba(\d{1,15})-rank\d+(?:\.pt)?$/,
      read: (match) => ({ step: numberIn(match, 2), epoch: numberIn(match, 1) }),
      resumes: 'exactly',
    },
  ],
});
