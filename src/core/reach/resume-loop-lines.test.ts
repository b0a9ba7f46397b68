import { expect, it } from 'vitest';
import { compiles } from '../python-rig.ts';
import { resumeLoopLines } from './resume-loop-lines.ts';

it('loads each state by its name, models first, and compiles whatever the path and the names are', () => {
  const lines = resumeLoopLines(`it's "here"\n😀/checkpoint-step-7.pt`, {
    optimizers: ['optimizer'],
    models: ['self.net', 'x"); evil("', 'two\nlines'],
    toString: ['x'],
  });
  expect(lines.slice(0, 7)).toEqual([
    'import random as holdfast_random',
    'import torch as holdfast_torch',
    String.raw`holdfast_saved = holdfast_torch.load("it's \"here\"\n😀/checkpoint-step-7.pt", map_location="cpu", weights_only=True)`,
    'self.net.load_state_dict(holdfast_saved["models"]["self.net"])',
    String.raw`# holdfast_saved["models"]["x\"); evil(\""]`,
    String.raw`# holdfast_saved["models"]["two\nlines"]`,
    'optimizer.load_state_dict(holdfast_saved["optimizers"]["optimizer"])',
  ]);
  expect(() => compiles(lines.join('\n'))).not.toThrow();
});
