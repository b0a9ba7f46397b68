import { fileLayout } from './file-kinds.ts';
import { NO_NUMBER, numberIn, type Layout } from './layout.ts';

/** kohya's scripts: the weights alone, `{name}-000002.safetensors` of an epoch, `{name}-step00000100.safetensors` of a step. */
export const kohyaLayout: Layout = fileLayout({
  framework: 'kohya',
  names: [
    {
      pattern: /^.+-(?:(\d{6})|step(\d{8}))\.(?:safetensors|ckpt)$/,
      read: (match) => ({ step: numberIn(match, 2), epoch: numberIn(match, 1) }),
      resumes: 'weights-only',
    },
    { pattern: /^.+\.safetensors$/, read: () => NO_NUMBER, resumes: 'weights-only' },
  ],
  when: ({ entries }, hint) =>
    hint === 'kohya' || entries.some(({ name }) => /-(?:\d{6}|step\d{8})\.safetensors$/.test(name)),
});
