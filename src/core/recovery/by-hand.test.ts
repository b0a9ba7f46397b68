import { describe, expect, it } from 'vitest';
import { readScript } from '../source/read-script.ts';
import { scriptWay } from './resume-script-call.ts';

const parser = (option: string, use: string): string =>
  ['import argparse', 'parser = argparse.ArgumentParser()', option, 'args = parser.parse_args()', use].join(
    '\n',
  );
const RESUME = 'parser.add_argument("--resume_from_checkpoint", default=None)';
const SWITCH = 'parser.add_argument("--resume", action="store_true")';

describe('the way of a script to resume', () => {
  it.each([
    [
      'a path that it reads',
      parser(RESUME, 'trainer.train(resume_from_checkpoint=args.resume_from_checkpoint)'),
    ],
    ['its own command line', parser(RESUME, 'print(vars(args))')],
  ])('is known: %s', (_, source) => expect(scriptWay(readScript(source))).toBe('takes-path'));

  it.each([
    ['no parser', 'trainer.train()'],
    ['a switch only', parser(SWITCH, 'trainer.train(resume_from_checkpoint=args.resume)')],
    ['an option that is never read', parser(RESUME, 'trainer.train()')],
  ])('is not: %s', (_, source) => expect(scriptWay(readScript(source))).toBe('no-way'));

  it('is not known of one that could not be read', () => expect(scriptWay(null)).toBe('not-read'));
});
