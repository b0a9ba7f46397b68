import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Disk, LossCause } from '../recovery/diagnosis.ts';
import { seeServerStopped } from './disk-sight.ts';
import { takeEmptyLook, takeLook } from './look.ts';
import { beginRun, type Run } from './run.ts';
import { newRun, OUTPUTS, wholeCheckpoint } from './run-rig.ts';

const START = 1_000_000;
const found = (step: number, modifiedAt: number | null): Checkpoint => wholeCheckpoint(step, { modifiedAt });
const begun = (): Run => beginRun(newRun({ startedAt: START, folder: { ...OUTPUTS, seen: false } }));
const saved = (): Run =>
  takeLook(takeEmptyLook(begun(), START), [found(100, START + 10), found(200, START + 20)], START + 30);
const lose = (run: Run, cause: LossCause): Run => ({
  ...run,
  phase: { kind: 'lost', at: START + 40, cause, disk: 'unknown', kernel: 'away' },
});
const stoppedAt = (run: Run, at: number): Run => ({ ...run, phase: seeServerStopped(run, at) });
const verdict = ({ phase }: Run): readonly [LossCause, Disk] => {
  if (phase.kind !== 'lost') throw new Error('it is not lost');
  return [phase.cause, phase.disk];
};

describe('a hub that says that it has stopped the server', () => {
  it('explains a kernel that was shut down just before', () =>
    expect(verdict(stoppedAt(lose(saved(), 'kernel-shut-down'), START + 5000))).toEqual([
      'server-stopped',
      'unknown',
    ]));

  it('does not explain one that died, nor one that went long before', () => {
    expect(verdict(stoppedAt(lose(saved(), 'kernel-died'), START + 5000))[0]).toBe('kernel-died');
    expect(verdict(stoppedAt(lose(saved(), 'kernel-shut-down'), START + 90_000))[0]).toBe('kernel-shut-down');
  });
});

describe('what looks tell of the disk of a lost run', () => {
  it('its checkpoints are there', () => {
    const run = takeLook(lose(saved(), 'server-restarted'), [found(200, START + 21)], START + 50);
    expect(verdict(run)).toEqual(['server-restarted', 'kept']);
  });

  it('its folder is gone', () =>
    expect(verdict(takeEmptyLook(lose(saved(), 'server-restarted'), START + 50))).toEqual([
      'machine-replaced',
      'empty',
    ]));

  it('a folder of that name is there, with none of its checkpoints', () =>
    expect(verdict(takeLook(lose(saved(), 'server-stopped'), [], START + 50))).toEqual([
      'server-stopped',
      'empty',
    ]));

  it('a Drive that is mounted again has them as they were', () => {
    const gone = takeEmptyLook(lose(saved(), 'machine-replaced'), START + 50);
    const mounted = takeLook(gone, [found(100, START + 10), found(200, START + 20)], START + 60);
    expect(verdict(mounted)).toEqual(['machine-replaced', 'kept']);
  });

  it('a copy that was put back is not the old disk', () => {
    const gone = takeEmptyLook(lose(saved(), 'machine-replaced'), START + 50);
    expect(verdict(takeLook(gone, [found(200, START + 60)], START + 70))).toEqual([
      'machine-replaced',
      'empty',
    ]);
  });

  it('before the first save the folder itself must do', () => {
    const seen = takeLook(begun(), [], START);
    expect(verdict(takeLook(lose(seen, 'server-restarted'), [], START + 50))).toEqual([
      'server-restarted',
      'kept',
    ]);
    expect(verdict(takeEmptyLook(lose(seen, 'server-restarted'), START + 50))).toEqual([
      'machine-replaced',
      'empty',
    ]);
  });

  it('a folder that nobody ever saw tells nothing by not being there', () =>
    expect(verdict(takeEmptyLook(lose(begun(), 'server-restarted'), START + 50))).toEqual([
      'server-restarted',
      'unknown',
    ]));

  it('checkpoints that were deleted before the loss are not missed', () => {
    const deleted = takeLook(saved(), [], START + 35);
    expect(verdict(takeLook(lose(deleted, 'server-restarted'), [], START + 50))).toEqual([
      'server-restarted',
      'unknown',
    ]);
  });
});
