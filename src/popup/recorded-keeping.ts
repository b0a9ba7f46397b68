import type { KeepingView } from '../protocol/keeping-view.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import { copy } from './recorded-home.ts';
import { ANOTHER_ADDRESS } from './recorded-returns.ts';
import { minutesAgo, notebook, training } from './recorded-states.ts';

const BYTES = 152_340_112;
const choice = { extent: 'everything', paused: false, mostBytesPerSecond: null } as const;
const home = {
  jobs: [],
  copies: [],
  others: [],
  space: { usedBytes: 456_000_000, mostBytes: 12_000_000_000 },
};

const on = (more: Partial<Extract<KeepingView, { kind: 'on' }>> = {}): KeepingView => ({
  kind: 'on',
  ...choice,
  underWay: null,
  last: { name: 'checkpoint-400', at: minutesAgo(2), sizeBytes: BYTES },
  trouble: null,
  ...more,
});
const copying = (state: 'copying' | 'behind' | 'trying-again', share: number | null): KeepingView =>
  on({ underWay: { name: 'checkpoint-450', state, share } });
const whileTraining = (keeping: KeepingView): NotebookView => training({}, { keeping, home });

/** Copies of each checkpoint by themselves: the question, and how it goes. */
export const keepingStates: Readonly<Record<string, NotebookView>> = {
  'keeping-offer': whileTraining({ kind: 'offer', sizeBytes: BYTES, inferenceBytes: 48_120_400 }),
  'keeping-offer-unsized': training(
    {},
    {
      keeping: { kind: 'offer', sizeBytes: null, inferenceBytes: null },
      home: { ...home, space: null },
    },
  ),
  'keeping-first': whileTraining(on({ last: null })),
  'keeping-copying': whileTraining(copying('copying', 0.404)),
  'keeping-behind': whileTraining(copying('behind', null)),
  'keeping-trying-again': whileTraining(copying('trying-again', 0.4)),
  'keeping-kept': whileTraining(on()),
  'keeping-paused': whileTraining(on({ paused: true, mostBytesPerSecond: 2_000_000 })),
  'keeping-no-room': whileTraining(
    on({ trouble: { name: 'checkpoint-450', why: { kind: 'no-room', missingBytes: 3_200_000_000 } } }),
  ),
  'keeping-signed-out': whileTraining(
    on({ trouble: { name: 'checkpoint-450', why: { kind: 'server', trouble: { kind: 'signed-out' } } } }),
  ),
  'keeping-shelf': training(
    {},
    {
      keeping: on(),
      home: {
        ...home,
        copies: [
          copy(400, 0.5184, { keptAt: minutesAgo(2) }),
          copy(300, 0.5471, { keptAt: minutesAgo(7) }),
          ...[600, 500, 200].map((step) =>
            copy(step, 0.43, { id: `old-${step}`, keptAt: minutesAgo(3 * 24 * 60 + step), isEarlier: true }),
          ),
        ],
        others: ANOTHER_ADDRESS,
        space: { usedBytes: 1_220_000_000, mostBytes: 12_000_000_000 },
      },
    },
  ),
  'keeping-off': notebook({ kind: 'idle', plan: null }, { keeping: { kind: 'off', ...choice }, home }),
};
