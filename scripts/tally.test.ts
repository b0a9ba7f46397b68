import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playwrightTally, vitestTally } from './tally.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tally-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fileWith = async (report: unknown): Promise<string> => {
  const path = join(folder, 'report.json');
  await writeFile(path, JSON.stringify(report));
  return path;
};

describe('vitestTally', () => {
  test('counts tests, and a file that could not be loaded as one failure', async () => {
    const path = await fileWith({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed' },
            { fullName: 'divides', status: 'failed' },
            { fullName: 'later', status: 'skipped' },
          ],
        },
        { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      ],
    });
    expect(await vitestTally(path)).toEqual({
      passed: 1,
      failures: ['divides', 'broken.test.ts'],
      skipped: 1,
    });
  });

  test('fails on a report it does not know', async () => {
    await expect(vitestTally(await fileWith({ results: [] }))).rejects.toThrow();
  });
});

describe('playwrightTally', () => {
  test('counts nested suites, anything but expected as a failure, and errors outside of tests', async () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const path = await fileWith({
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('opens', 'expected'), spec('closes', 'unexpected')],
          suites: [
            { title: 'inner', specs: [spec('wobbles', 'flaky'), spec('later', 'skipped')], suites: [] },
          ],
        },
      ],
      errors: [{ message: 'no such file\n  at …' }],
    });
    expect(await playwrightTally(path)).toEqual({
      passed: 1,
      failures: ['a.spec.ts › closes', 'a.spec.ts › inner › wobbles', 'no such file'],
      skipped: 1,
    });
  });
});
