import { describe, expect, it } from 'vitest';
import { translateFromFile as t } from '../translate-file.ts';
import { namesPhrase } from './names-phrase.ts';

describe('names in a sentence', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['checkpoint-600', ['checkpoint-600']],
    ['checkpoint-600 and 500', ['checkpoint-600', 'checkpoint-500']],
    ['checkpoint-600, 500 and 400', ['checkpoint-600', 'checkpoint-500', 'checkpoint-400']],
    ['checkpoint-9, 8 and 2 more', ['checkpoint-9', 'checkpoint-8', 'checkpoint-7', 'checkpoint-6']],
    ['checkpoint-600 and final', ['checkpoint-600', 'final']],
  ])('%s', (phrase, names) => expect(namesPhrase(t, names)).toBe(phrase));

  it('keeps the end of a path', () => {
    expect(namesPhrase(t, [`home/${'deep/'.repeat(20)}outputs/run-1`])).toMatch(/^….*outputs\/run-1$/);
  });
});
