import { describe, expect, it } from 'vitest';
import { createShownTextReader } from './shown-text.ts';

const saved = (step: number): string => `Saving model checkpoint to outputs/checkpoint-${step}\n`;
const bar = (step: number): string => ` ${step}%|████      | ${step}/100 [00:10<00:10,  2.00it/s]`;
const reading = () => {
  const reader = createShownTextReader();
  return (text: string) => reader.read(text).map(({ kind, step }) => `${kind} ${step}`);
};

describe('a text that stands on a page', () => {
  it('tells each line once, however often it is read', () => {
    const read = reading();
    expect(read(saved(10))).toEqual(['saved 10']);
    expect(read(saved(10))).toEqual([]);
    expect(read(saved(10) + saved(20))).toEqual(['saved 20']);
  });

  it('does not read a line before it is complete', () => {
    const read = reading();
    expect(read('Saving model checkpoint to outputs/checkpoint-1')).toEqual([]);
    expect(read(saved(150))).toEqual(['saved 150']);
  });

  it('reads a bar off the last line, each time it moves', () => {
    const read = reading();
    expect(read(saved(10) + bar(11))).toEqual(['saved 10', 'progress 11']);
    expect(read(saved(10) + bar(11))).toEqual([]);
    expect(read(saved(10) + bar(12))).toEqual(['progress 12']);
  });

  it('finds its place again in a text that lost its beginning', () => {
    const read = reading();
    const many = Array.from({ length: 400 }, (_, line) => `{'loss': ${line}}\n`);
    read(many.join(''));
    const cut = ['Streaming output truncated to the last 5000 lines.\n', ...many.slice(200), saved(30)];
    expect(read(cut.join(''))).toEqual(['saved 30']);
  });

  it('takes a text that went away for no news, and one that was replaced for a new one', () => {
    const read = reading();
    read(saved(10));
    expect(read('')).toEqual([]);
    expect(read(saved(10) + saved(20))).toEqual(['saved 20']);
    expect(read(saved(30))).toEqual(['saved 30']);
  });
});
