import { describe, expect, it } from 'vitest';
import { beginResumption, proofOf, seeStep } from './resumption.ts';

/** What is known of a run from step 400, loss 0.512, after these sightings. */
const after = (...seen: readonly (readonly [step: number | null, loss?: number])[]) =>
  proofOf(
    seen.reduce((known, [step, loss]) => seeStep(known, step, loss ?? null), beginResumption(400, 0.512)),
  );

describe('a run that was to go on at step 400', () => {
  it.each([
    ['nothing was seen', []],
    ['its bar shows 0', [[0], [0]]],
    ['its bar shows the checkpoint’s own step', [[400], [400]]],
    ['one early step was seen, of a bar that may be another', [[12]]],
    ['the same early step was drawn again', [[12], [12]]],
    ['a loss came before any step', [[null, 0.5]]],
  ] as const)('is waited for while %s', (_what, seen) => {
    expect(after(...seen)).toEqual({ kind: 'waiting' });
  });

  it('goes on when a later step is the first', () => {
    expect(after([0], [401])).toEqual({ kind: 'continues', step: 401, lossBefore: 0.512, lossAfter: null });
  });

  it('has its first loss beside it, and no later one', () => {
    const seen = [[0], [401], [410, 0.509], [420, 0.4]] as const;
    expect(after(...seen)).toMatchObject({ kind: 'continues', step: 401, lossAfter: 0.509 });
  });

  it('has begun anew when early steps come, whatever follows', () => {
    const anew = { kind: 'from-zero', step: 2, fromStep: 400 };
    expect(after([0], [1], [2])).toEqual(anew);
    expect(after([1], [2], [3], [401], [402, 0.1])).toEqual(anew);
  });

  it('goes on although a bar of something else was seen before', () => {
    expect(after([7], [405])).toMatchObject({ kind: 'continues', step: 405 });
  });
});
