import { describe, expect, test } from 'vitest';
import { isBarAlone, splitBars } from './tqdm-bar.ts';

describe('bars and the text around them', () => {
  test('a bare bar', () => {
    expect(splitBars('  6%|▌         | 500/8250 [12:30<3:10:02,  1.25s/it]')).toEqual({
      bar: { description: '', done: 500, total: 8250, unit: 'it', perSecond: 0.8, postfix: '' },
      messages: [],
    });
  });

  test('description, rate and postfix', () => {
    expect(
      splitBars('Steps:  52%|███  | 448/864 [09:57<15:29,  4.00it/s, loss=0.253, lr=0.0001]').bar,
    ).toEqual({
      description: 'Steps',
      done: 448,
      total: 864,
      unit: 'it',
      perSecond: 4,
      postfix: 'loss=0.253, lr=0.0001',
    });
  });

  test.each([
    ['before the first unit is done', '  0%|          | 0/16 [00:00<?, ?it/s]', 'it', null],
    ['without width', '100% 5/5 [02:28<00:00, 25.00s/it]', 'it', 0.04],
    ['other units', ' 10%|█ | 1/10 [00:01<00:09,  3.00 examples/s]', 'examples', 3],
    ['drawn in ASCII', ' 10%|#1   | 1/10 [00:01<00:09, 2.00step/s]', 'step', 2],
  ])('%s', (_name, text, unit, perSecond) => {
    expect(splitBars(text).bar).toMatchObject({ description: '', unit, perSecond });
  });

  test.each([
    ['behind a bar', ' 50%|█ | 1/2 [00:01<00:01, 1.00it/s]Saved it', ['Saved it'], 1],
    ['before a bar', '[INFO] >>  50%|█ | 1/2 [00:01<00:01, 1.00it/s]', ['[INFO] >>'], 1],
    ['between bars', '0%| | 0/2 [0:00<?, ?it/s]hello 100%|█| 2/2 [00:01<00:00, 1.00it/s]', ['hello'], 2],
    ['a description is none', 'Epoch 1: 50%|█ | 1/2 [00:01<00:01, 1.00it/s]', [], 1],
  ])('messages %s', (_name, text, messages, done) => {
    const found = splitBars(text);
    expect(found.messages).toEqual(messages);
    expect(found.bar?.done).toBe(done);
  });

  test.each([
    '5% of 3/4 [x]',
    '50%|█| 2/3',
    '% 1/2 [a]',
    'shards:  67% Completed | 2/3 [00:02<00:01, 1.00s/it]',
  ])('%s is no bar', (text) => {
    expect(splitBars(text)).toEqual({ bar: null, messages: [text] });
  });
});

const METER = '45%|████▌     | 45/100 [00:10<00:12, 4.40it/s]';

test.each([METER, ` ${METER}`, `Epoch 1:  ${METER}   `, `Training: ${METER}`])(
  'is a bar alone: %s',
  (text) => {
    expect(isBarAlone(text)).toBe(true);
  },
);

test.each([`Saved a/b.pt ${METER}`, `${METER}Saved a/b.pt`, `${METER} ${METER}`, '45%', '%|| 1/2 [x]', ''])(
  'is more or less than a bar: %s',
  (text) => {
    expect(isBarAlone(text)).toBe(false);
  },
);
