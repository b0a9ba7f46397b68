import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, python } from '../python-rig.ts';
import { pythonLiteral } from './python-literal.ts';

const evaluate = 'print(json.dumps([__import__("ast").literal_eval(x) for x in d]))';

describe('pythonLiteral', () => {
  it('evaluates in Python to the same text', () => {
    expect(python(evaluate, HOSTILE_TEXTS.map(pythonLiteral))).toEqual(HOSTILE_TEXTS);
  });

  it('does so for any text', { timeout: 60_000 }, () => {
    const texts = array(string({ unit: 'binary', maxLength: 40 }), { minLength: 200, maxLength: 400 });
    assert(
      property(texts, (all) => {
        expect(python(evaluate, all.map(pythonLiteral))).toEqual(all);
      }),
      { numRuns: 10 },
    );
  });

  it('does so for lone surrogates and every character up to U+2100', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => `a${String.fromCharCode(code)}b`);
    const surrogates = Array.from({ length: 0x800 }, (_, code) => `${String.fromCharCode(0xd800 + code)}x`);
    const texts = [...all, ...surrogates];
    expect(python(evaluate, texts.map(pythonLiteral))).toEqual(texts);
  });

  it('stays readable and on one line', () => {
    expect(pythonLiteral('/content/检查点 é 😀/checkpoint-4')).toBe('"/content/检查点 é 😀/checkpoint-4"');
    expect(
      HOSTILE_TEXTS.map(pythonLiteral).filter((literal) => /[\p{Cc}\u2028\u2029\u202e]/u.test(literal)),
    ).toEqual([]);
  });
});
