import { describe, expect, test } from 'vitest';
import { readPlace } from './place.ts';

describe('a sentence tells where', () => {
  test.each([
    ['to models/a.pth.', 'models/a.pth', '.'],
    ['at ./out (epoch 3)', './out', ' (epoch 3)'],
    [": 'my model.pt' done", 'my model.pt', ' done'],
    ['in path: /tmp/model.ckpt', '/tmp/model.ckpt', ''],
    ['in directory out', 'out', ''],
    ['as gpt2-small.pth', 'gpt2-small.pth', ''],
    ["to PosixPath('m/a.pt')", 'm/a.pt', ''],
    ['to /content/drive/My Drive/m.pth', '/content/drive/My Drive/m.pth', ''],
    ['→ best.pt', 'best.pt', ''],
  ])('%s', (text, path, rest) => {
    expect(readPlace(text)).toEqual({ path, rest });
  });

  test('a place that is no path', () => {
    expect(readPlace('to disk')).toEqual({ path: null, rest: '' });
    expect(readPlace('to Google Drive!')).toEqual({ path: null, rest: '!' });
  });

  test.each([
    'in 3.2s',
    'at 12:30:05',
    'at 0.93',
    'on 2024-01-01',
    ': True',
    'to ‘model.pth’',
    'to https://huggingface.co/me/model',
    'in memory',
    'is what you should do',
    'as best',
  ])('not: %s', (text) => {
    expect(readPlace(text)?.path ?? null).toBeNull();
  });
});
