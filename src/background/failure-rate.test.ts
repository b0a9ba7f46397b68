import { describe, expect, it } from 'vitest';
import type { RunSpan } from '../core/history/past-run.ts';
import type { LossCause } from '../core/recovery/diagnosis.ts';
import { createFailureRate } from './failure-rate.ts';

const HOUR = 3_600_000;
const SETTINGS = { insertAfterReconnect: true, runAfterReconnect: false };
const OWN = 'http://localhost:8888';

const ran = (hours: number, phase: RunSpan['phase']): RunSpan => ({
  startedAt: 0,
  phase,
  seenAt: hours * HOUR,
});
const lost = (hours: number, cause: LossCause = 'kernel-died'): RunSpan =>
  ran(hours, { kind: 'lost', cause, kernel: 'away', at: hours * HOUR, disk: 'unknown' });

describe('the time between failures on a site', () => {
  it('is what its user said, whatever the runs show', async () => {
    const rate = createFailureRate({ runs: async () => [lost(1), lost(1), lost(1)] }, () => 0);
    expect(await rate({ ...SETTINGS, hoursBetweenFailures: 12 }, OWN)).toEqual({ hours: 12, from: 'set' });
  });
  it('is what the runs of this browser show, with the one that trains', async () => {
    const runs = [lost(1), lost(2), lost(3), ran(6, { kind: 'training' })];
    expect(await createFailureRate({ runs: async () => runs }, () => 0)(SETTINGS, OWN)).toEqual({
      hours: 4,
      from: 'history',
    });
  });
  it('counts no kernel that was restarted or shut down as a failure, and no run that went while nobody looked', async () => {
    const runs = [lost(1), lost(1), lost(1), lost(2, 'kernel-restarted'), lost(4, 'kernel-shut-down')];
    const away = lost(100, 'gone-while-away');
    const rate = createFailureRate({ runs: async () => [...runs, away] }, () => 0);
    expect(await rate(SETTINGS, OWN)).toEqual({ hours: 3, from: 'history' });
  });
  it('is assumed while they show none, or cannot be read', async () => {
    const assumed = { hours: 24, from: 'assumed' };
    expect(await createFailureRate({ runs: async () => [lost(1)] }, () => 0)(SETTINGS, OWN)).toEqual(assumed);
    const unread = createFailureRate({ runs: () => Promise.reject(new Error('closed')) }, () => 0);
    expect(await unread(SETTINGS, OWN)).toEqual(assumed);
  });
  it('is read from the history once a minute', async () => {
    const clock = { now: 0, reads: 0 };
    const rate = createFailureRate(
      {
        runs: async () => {
          clock.reads += 1;
          return [];
        },
      },
      () => clock.now,
    );
    for (clock.now = 0; clock.now < 120_000; clock.now += 1000) await rate(SETTINGS, OWN);
    expect(clock.reads).toBe(2);
  });
});
