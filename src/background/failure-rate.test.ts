import { describe, expect, it } from 'vitest';
import type { HistoryRun } from '../core/history/history-run.ts';
import { createFailureRate } from './failure-rate.ts';

const HOUR = 3_600_000;
const SETTINGS = { insertAfterReconnect: true, runAfterReconnect: false };
const OWN = 'http://localhost:8888';

const ran = (hours: number, phase: HistoryRun['phase']): HistoryRun => ({
  format: 1,
  id: `run-${hours}`,
  notebookId: 'notebook',
  notebookName: 'train.ipynb',
  framework: null,
  unit: 'steps',
  startedAt: 0,
  phase,
  seenAt: hours * HOUR,
  step: null,
  total: null,
  safeName: null,
  safeStep: null,
  stepsAtRisk: null,
  nextSave: null,
  loss: null,
  given: [],
  before: null,
  checkpoints: [],
});
const lost = (hours: number): HistoryRun =>
  ran(hours, { kind: 'lost', cause: 'kernel-died', kernel: 'away', at: hours * HOUR, disk: 'unknown' });

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
