import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scanText } from './scanner.ts';

const FOLDER = new URL('fixtures/', import.meta.url);
const EXPECTATION = '.expected.json';

function namesEndingIn(suffix: string): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .toSorted();
}

const texts = namesEndingIn('.txt');

test('there is a log for every expectation and an expectation for every log', () => {
  expect(texts.length).toBeGreaterThan(0);
  expect(namesEndingIn(EXPECTATION)).toEqual(texts);
});

describe('a log announces', () => {
  test.each(texts)('%s', (name) => {
    const text = readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8');
    const expected: unknown = JSON.parse(readFileSync(new URL(name + EXPECTATION, FOLDER), 'utf8'));
    expect(scanText(text)).toEqual(expected);
  });
});
