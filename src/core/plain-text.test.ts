import { describe, expect, it } from 'vitest';
import { plainText, shortName, shortPath } from './plain-text.ts';

describe('plain text', () => {
  it.each([
    ['checkpoint-400', 'checkpoint-400'],
    ['a\u202Egpj.exe', 'a gpj.exe'],
    ['two\nlines\r\n', 'two lines'],
    ['\u0000\u200B\uFEFF', ''],
    ['\uD800x', 'x'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['👩‍🔬 run', '👩 🔬 run'],
  ])('%j becomes %j', (hostile, plain) => expect(plainText(hostile, 80)).toBe(plain));

  it('cuts by letters, and says so', () => {
    expect(plainText('😀'.repeat(10), 4)).toBe('😀😀😀…');
    expect(shortName('x'.repeat(5_000_000))).toHaveLength(48);
  });

  it('lets text from right to left keep to itself', () => {
    expect(plainText('נקודה-400', 80)).toBe('\u2068נקודה-400\u2069');
  });

  it('keeps the end of a path', () => {
    expect(shortPath(`/very/${'long/'.repeat(40)}outputs`)).toMatch(/^….*\/outputs$/);
    expect(shortPath('outputs')).toBe('outputs');
  });
});
