import { describe, expect, it } from 'vitest';
import type { Settings } from '../browser/settings.ts';
import type { RunSpan } from '../core/history/past-run.ts';
import type { LossCause } from '../core/recovery/diagnosis.ts';
import { createFailureRate } from './failure-rate.ts';

const HOUR = 3_600_000;
const SETTINGS = { insertAfterReconnect: true, runAfterReconnect: false };
const OWN = 'http://localhost:8888';

const ran = (hours: number, phase: RunSpan['phase']): RunSpan => ({
  notebookId: 'http://localhost:8889/lab.ipynb',
  startedAt: 0,
  phase,
  seenAt: hours * HOUR,
});
const lost = (hours: number, cause: LossCause = 'kernel-died'): RunSpan =>
  ran(hours, { kind: 'lost', cause, kernel: 'away', at: hours * HOUR, disk: 'unknown' });

/** What is told once the history was read. */
const told = async (runs: () => Promise<readonly RunSpan[]>, settings: Settings = SETTINGS) => {
  const rate = createFailureRate({ runs }, () => 0);
  rate(settings, OWN);
  await new Promise((resolve) => setTimeout(resolve));
  return rate(settings, OWN);
};

describe('the time between failures on a site', () => {
  it('is what its user said, whatever the runs show', async () => {
    const settings = { ...SETTINGS, hoursBetweenFailures: 12 };
    const runs = async () => [lost(1), lost(1), lost(1)];
    expect(await told(runs, settings)).toEqual({ hours: 12, from: 'set' });
  });
  it('is what the runs of this browser show, with the one that trains', async () => {
    const runs = async () => [lost(1), lost(2), lost(3), ran(6, { kind: 'training' })];
    expect(await told(runs)).toEqual({ hours: 4, from: 'history' });
  });
  it('is of the runs on the same host, whatever its port', async () => {
    const elsewhere = { ...lost(1), notebookId: 'https://colab.research.google.com/drive/1' };
    const runs = async () => [lost(2), lost(2), lost(2), elsewhere, elsewhere, elsewhere];
    expect(await told(runs)).toEqual({ hours: 2, from: 'history' });
    expect(await told(async () => [lost(2), elsewhere, elsewhere])).toMatchObject({ from: 'assumed' });
  });
  it('counts no kernel that was restarted or shut down as a failure, and no run that went unseen', async () => {
    const own = [lost(2, 'kernel-restarted'), lost(4, 'kernel-shut-down')];
    const runs = async () => [lost(1), lost(1), lost(1), ...own, lost(100, 'gone-while-away')];
    expect(await told(runs)).toEqual({ hours: 3, from: 'history' });
  });
  it('is assumed while they show none, cannot be read, or are still read', async () => {
    const assumed = { hours: 24, from: 'assumed' };
    expect(await told(async () => [lost(1)])).toEqual(assumed);
    expect(await told(() => Promise.reject(new Error('closed')))).toEqual(assumed);
    expect(await told(() => new Promise(() => undefined))).toEqual(assumed);
  });
  it('is read from the history once a minute', () => {
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
    for (clock.now = 0; clock.now < 120_000; clock.now += 1000) rate(SETTINGS, OWN);
    expect(clock.reads).toBe(2);
  });
});
