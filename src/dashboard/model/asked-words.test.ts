import { expect, it } from 'vitest';
import type { AskedChange } from '../../core/reach/asked-changes.ts';
import { translateFromFile as t } from '../../popup/translate-file.ts';
import { askedWords } from './asked-words.ts';

const at = 9;
it.each<[AskedChange, string]>([
  [{ kind: 'saved', step: 451, name: 'c', stop: false, at }, 'you asked for a save at step 451'],
  [
    { kind: 'saved', step: 451, name: 'c', stop: true, at },
    'you asked for a save at step 451, and for its end',
  ],
  [{ kind: 'not-saved', step: null, at }, 'you asked for a save at an unknown step; none was made'],
  [{ kind: 'taken-back', step: 440, at }, 'you asked for a save at step 440 and took that back'],
  [{ kind: 'every', steps: 50, step: 120, at }, 'saves every 50 steps from step 120, asked by you'],
  [{ kind: 'every-ended', steps: 50, step: 300, at }, 'no more saves every 50 steps from step 300'],
])('%j', (change, words) => {
  expect(askedWords(t, change)).toBe(words);
});
