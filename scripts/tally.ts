import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** What a part of `npm test` came to. Each failure has a name. */
export interface Tally {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skipped: number;
}

const VitestReport = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

/** Vitest's json reporter (4.1). A file that could not be loaded has no tests, and counts as one failure. */
export const vitestTally = async (path: string): Promise<Tally> => {
  const { testResults } = v.parse(VitestReport, JSON.parse(await readFile(path, 'utf8')));
  const tests = testResults.flatMap((file) => file.assertionResults);
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: [
      ...tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
      ...broken.map(({ name }) => name),
    ],
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length,
  };
};

interface Suite {
  readonly title: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
}

const Suite: v.GenericSchema<unknown, Suite> = v.object({
  title: v.string(),
  specs: v.array(v.object({ title: v.string(), tests: v.array(v.object({ status: v.string() })) })),
  suites: v.optional(v.array(v.lazy(() => Suite))),
});

const PlaywrightReport = v.object({
  suites: v.array(Suite),
  errors: v.array(v.object({ message: v.optional(v.string()) })),
});

/** Playwright's json reporter (1.65). An error outside of any test counts as one failure. */
export const playwrightTally = async (path: string): Promise<Tally> => {
  const report = v.parse(PlaywrightReport, JSON.parse(await readFile(path, 'utf8')));
  const tests = report.suites.flatMap((suite) => testsOf(suite, ''));
  return {
    passed: tests.filter(({ status }) => status === 'expected').length,
    failures: [
      ...tests.filter(({ status }) => status !== 'expected' && status !== 'skipped').map(({ name }) => name),
      ...report.errors.map(({ message }) => message?.split('\n')[0] ?? 'an error outside of the tests'),
    ],
    skipped: tests.filter(({ status }) => status === 'skipped').length,
  };
};

const testsOf = (suite: Suite, above: string): { name: string; status: string }[] => {
  const path = above === '' ? suite.title : `${above} › ${suite.title}`;
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map(({ status }) => ({ name: `${path} › ${title}`, status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path))];
};
