import { describe, expect, it } from 'vitest';
import type { JobFailure, JobView } from '../../protocol/home-view.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { jobFailureWords } from './job-failure-words.ts';

/** Every kind at least once; the compiler misses one that is not here. */
const EVERY: Readonly<Record<JobFailure['kind'], readonly JobFailure[]>> = {
  changed: [{ kind: 'changed', name: 'checkpoint-400', next: null }],
  gone: [{ kind: 'gone', name: 'checkpoint-400', next: null }],
  'not-the-same': [{ kind: 'not-the-same', name: 'checkpoint-400', file: 'optimizer.pt' }],
  'no-room': [
    { kind: 'no-room', missingBytes: null },
    { kind: 'no-room', missingBytes: 3_200_000_000 },
  ],
  'no-room-there': [{ kind: 'no-room-there', missingBytes: 1_700_000_000 }],
  'too-many-files': [{ kind: 'too-many-files', most: 20_000 }],
  server: [{ kind: 'server', trouble: { kind: 'disk-full' } }],
  'page-not-open': [{ kind: 'page-not-open' }],
  download: [{ kind: 'download', said: 'FILE_NO_SPACE' }],
  'zip-differs': [{ kind: 'zip-differs' }],
  'in-the-way': [{ kind: 'in-the-way', name: 'checkpoint-400' }],
  'copy-damaged': [{ kind: 'copy-damaged', name: 'checkpoint-400' }],
  unexpected: [{ kind: 'unexpected', said: 'TypeError: x' }],
};

const job = (to: JobView['to']): JobView => ({
  id: 'j',
  names: ['checkpoint-400'],
  extent: 'everything',
  to,
  copyIds: [],
  state: { kind: 'waiting' },
});

describe('jobFailureWords', () => {
  const failures = Object.values(EVERY).flat();
  const words = failures.map((why) => jobFailureWords(t, job('zip'), why));

  it('has a heading of its own for every kind, and says what is left', () => {
    expect(new Set(words.map(({ heading }) => heading)).size).toBe(failures.length);
    for (const { heading, after } of words) {
      expect(heading).not.toMatch(/\.$/);
      expect(after).toMatch(/^[A-Z].*[.x]$/);
    }
  });

  it('says what is known', () => {
    const told = words.map(({ heading, after }) => `${heading} ${after}`).join(' ');
    for (const part of [
      'optimizer.pt',
      '3.2 GB',
      '1.7 GB',
      '20000',
      'The disk of the machine is full',
      'FILE_NO_SPACE',
    ])
      expect(told).toContain(part);
  });

  it('names what did not happen by where it was to go', () => {
    const headings = (['zip', 'browser', 'server'] as const).map(
      (to) => jobFailureWords(t, job(to), { kind: 'server', trouble: { kind: 'forbidden' } }).heading,
    );
    expect(headings).toEqual([
      'The download of checkpoint-400 stopped',
      'Copying checkpoint-400 into this browser stopped',
      'checkpoint-400 could not be put back on the server',
    ]);
  });

  it('cuts what the browser said', () => {
    const { after } = jobFailureWords(t, job('zip'), {
      kind: 'download',
      said: `\u202E${'long '.repeat(900)}`,
    });
    expect(after.length).toBeLessThan(200);
    expect(after).not.toContain('\u202E');
  });
});
