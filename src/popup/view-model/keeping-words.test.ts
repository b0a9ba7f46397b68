import { describe, expect, it } from 'vitest';
import { keepingStates } from '../recorded-keeping.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { keepingLine, offerWords, speedChoices } from './keeping-words.ts';

const state = (name: string) => {
  const view = keepingStates[name];
  if (view === undefined) throw new Error(`no recorded state ${name}`);
  return view;
};

describe('the line for copies that are made by themselves', () => {
  it.each([
    ['keeping-offer', null],
    ['keeping-first', 'Each new checkpoint is copied into this browser'],
    ['keeping-copying', 'Copying checkpoint-450 … 40 %'],
    ['keeping-behind', 'checkpoint-450 is copied after what you asked for'],
    ['keeping-trying-again', 'Copying checkpoint-450: no answer, asking again'],
    ['keeping-kept', 'Copy of checkpoint-400 kept 2 min ago · 152 MB'],
    ['keeping-paused', 'Copies of each checkpoint: paused'],
    ['keeping-no-room', 'checkpoint-450 was not kept. This browser has no room for it: 3.2 GB are missing'],
    [
      'keeping-signed-out',
      "checkpoint-450 was not kept. Signed out of the server. Sign in again in the notebook's tab, then try again.",
    ],
    ['keeping-off', 'Copies of each checkpoint: off'],
  ])('%s', (name, line) => {
    expect(keepingLine(t, state(name).keeping, RECORDED_AT)).toBe(line);
  });
});

describe('the question', () => {
  it('says the sizes and the room there is', () => {
    expect(offerWords(t, state('keeping-offer'))).toEqual({
      lines: [expect.stringMatching(/^They are copied while it trains/), 'This browser has room for 12 GB.'],
      everything: '152 MB',
      inference: '48 MB',
    });
  });

  it('says nothing of what is not known', () => {
    const words = offerWords(t, state('keeping-offer-unsized'));
    expect(words).toMatchObject({ everything: null, inference: null });
    expect(words?.lines).toHaveLength(1);
  });

  it('is not put again once it was answered', () => {
    for (const name of ['keeping-kept', 'keeping-off'] as const)
      expect(offerWords(t, state(name))).toBe(null);
  });
});

it('a limit that was set in another way is shown too', () => {
  expect(speedChoices(t, null).map(({ label }) => label)).toEqual([
    'As the notebook allows',
    '10 MB/s at most',
    '2.0 MB/s at most',
    '0.5 MB/s at most',
  ]);
  expect(speedChoices(t, 5_000_000).at(-1)).toEqual({ limit: 5_000_000, label: '5.0 MB/s at most' });
});
