import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { isWrittenUntold, mayGrow } from './growth.ts';
import { takeEmptyLook, takeLook } from './look.ts';
import { beginRun, type Run } from './run.ts';
import { newRun, OUTPUTS, tableAt, wholeCheckpoint } from './run-rig.ts';

const START = 1_000_000;
const LOST = START + 100_000;
const found = (step: number): Checkpoint => wholeCheckpoint(step, { modifiedAt: START + step });
const begun = beginRun(newRun({ startedAt: START, folder: { ...OUTPUTS, seen: false } }));
/** At step 250, with two checkpoints, when its server was restarted. */
const lost = (): Run => ({
  ...takeLook(takeEmptyLook(begun, START), [found(100), found(200)], LOST - 1000),
  sightings: tableAt(250, LOST - 500),
  phase: { kind: 'lost', at: LOST, cause: 'server-restarted', disk: 'unknown', kernel: 'back' },
});
const looks = (...each: readonly (readonly number[])[]): Run =>
  each.reduce((run, steps, index) => takeLook(run, steps.map(found), LOST + 1000 * (index + 1)), lost());
const grew = ({ phase }: Run): string | null => (phase.kind === 'lost' ? (phase.grew ?? null) : null);

describe('the folder of a lost run', () => {
  it('grows by a checkpoint that was not there after the loss', () =>
    expect(grew(looks([100, 200], [100, 200, 300]))).toBe('checkpoint-300'));

  it('still does when that one is rotated away by the next', () =>
    expect(grew(looks([100, 200], [200, 300], [300, 400]))).toBe('checkpoint-400'));

  it('grows by a file that tells no step, when it is younger than the loss', () => {
    const at = (modifiedAt: number): Checkpoint =>
      wholeCheckpoint(0, { name: 'last.pt', framework: 'pytorch', form: 'file', step: null, modifiedAt });
    const still = looks([100, 200]);
    expect(grew(takeLook(still, [found(100), found(200), at(LOST + 10)], LOST + 9000))).toBe('last.pt');
    expect(grew(takeLook(still, [found(100), found(200), at(LOST - 10)], LOST + 9000))).toBe(null);
  });

  it('stays known to grow', () =>
    expect(grew(looks([100, 200], [200, 300], [200, 300]))).toBe('checkpoint-300'));

  it('does not grow by what was written before the loss and is seen after it', () =>
    expect(grew(looks([100, 200, 300], [100, 200, 300]))).toBe(null));

  it('does not grow while nobody could look at it', () => {
    const failed = { ...lost(), lookedAt: LOST + 1000 };
    expect(grew(takeLook(failed, [100, 200, 300].map(found), LOST + 9000))).toBe(null);
  });

  it('does not grow by a copy that is put back', () => expect(grew(looks([], [200], [100, 200]))).toBe(null));

  it('does not grow by what an earlier run left, moved back by hand', () =>
    expect(grew(looks([100, 200], [50, 100, 200]))).toBe(null));

  it('gets no second run before the user was told that it grows, and none that starts by itself', () => {
    const still = looks([100, 200]);
    const grown = takeLook(still, [100, 200, 300].map(found), LOST + 9000);
    expect(isWrittenUntold(still, still)).toBe(false);
    expect(isWrittenUntold(grown, still)).toBe(true);
    expect(isWrittenUntold(grown, grown)).toBe(false);
    expect(isWrittenUntold(grown, null)).toBe(true);
    expect(isWrittenUntold(null, null)).toBe(false);
  });

  it('is looked at for an hour, where there is a folder', () => {
    expect(mayGrow(lost(), LOST + 60_000)).toBe(true);
    expect(mayGrow(lost(), LOST + 2 * 3_600_000)).toBe(false);
    expect(mayGrow(takeEmptyLook(lost(), LOST + 1000), LOST + 60_000)).toBe(false);
    expect(mayGrow(begun, LOST)).toBe(false);
  });
});
