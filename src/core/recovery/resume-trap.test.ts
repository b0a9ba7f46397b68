import { describe, expect, it } from 'vitest';
import { trapOf } from './resume-trap.ts';

/** As the kernel raised them: transformers 5.23, torch 2.13, peft 0.21. */
const raised = [
  ['path-not-found', 'ValueError', "Can't find a valid checkpoint at o/checkpoint-99"],
  ['path-not-found', 'ValueError', 'No valid checkpoint found in output directory (empty)'],
  [
    'no-trainer-state',
    'FileNotFoundError',
    "[Errno 2] No such file or directory: 'p/checkpoint-4/trainer_state.json'",
  ],
  [
    'weights-only-load',
    'UnpicklingError',
    'Weights only load failed. This file can still be loaded, to do so you have two options, \u001b[1mdo those steps only',
  ],
  ['optimizer-differs', 'ValueError', 'loaded state dict has a different number of parameter groups'],
  [
    'optimizer-differs',
    'ValueError',
    "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
  ],
  [
    'model-differs',
    'RuntimeError',
    'Error(s) in loading state_dict for PeftModel:\n\tsize mismatch for base_model.model.model.layers.0.self_attn.q_proj',
  ],
  ['name-not-defined', 'NameError', "name 'trainer' is not defined"],
  ['module-missing', 'ModuleNotFoundError', "No module named 'unsloth'"],
  ['out-of-memory', 'OutOfMemoryError', 'CUDA out of memory. Tried to allocate 2.00 GiB.'],
  ['disk-full', 'OSError', '[Errno 28] No space left on device'],
] as const;

describe('an error when resuming', () => {
  it.each(raised)('is known as %s: %s, %s', (trap, name, message) => {
    expect(trapOf({ name, message })).toBe(trap);
  });

  it.each([
    ['ValueError', 'expected sequence of length 8'],
    ['KeyError', "'checkpoint'"],
    ['RuntimeError', 'The size of tensor a (8) must match the size of tensor b (4)'],
    ['FileNotFoundError', "[Errno 2] No such file or directory: 'data/train.csv'"],
  ])('is not taken for one of them: %s, %s', (name, message) => {
    expect(trapOf({ name, message })).toBeNull();
  });
});
