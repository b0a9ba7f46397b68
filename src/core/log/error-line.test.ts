import { expect, it } from 'vitest';
import { readErrorLine } from './error-line.ts';

it.each([
  ['RuntimeError: CUDA out of memory.', 'RuntimeError', 'CUDA out of memory.'],
  ['KeyboardInterrupt: ', 'KeyboardInterrupt', ''],
  ['KeyboardInterrupt', 'KeyboardInterrupt', ''],
  ['torch.OutOfMemoryError: a: b', 'torch.OutOfMemoryError', 'a: b'],
  ['  File "train.py", line 3', 'Error', '  File "train.py", line 3'],
])('%j', (line, name, message) => expect(readErrorLine(line)).toEqual({ name, message }));
