import { expect, it } from 'vitest';
import { translateFromFile, translateMarked } from '../popup/translate-file.ts';
import type { HealthReport } from '../protocol/health-report.ts';
import { reportRows, reportText } from './report-rows.ts';

const report: HealthReport = {
  site: 'colab',
  platform: 'colab',
  application: 'working',
  kernelTap: 'standing-by',
  connection: 'connected',
  files: 'signed-out',
  filesRoute: null,
  powers: [
    { power: 'read cells', route: 'notebook.cells', tried: [] },
    { power: 'insert', route: 'toolbar', tried: [{ route: 'tool layer', why: 'not there' }] },
    { power: 'run', route: null, tried: [{ route: 'manualExecute', why: 'not there' }] },
    { power: 'files', route: 'tunnel', tried: [{ route: 'runtime proxy', why: 'not there' }] },
  ],
  extensionVersion: '1.2.3',
};

it('tells each power, the way in use, the others and why', () => {
  expect(
    reportRows(translateFromFile, report).map(({ name, route, others }) => [name, route, ...others]),
  ).toEqual([
    ['Read cells', 'notebook.cells'],
    ['Insert a cell', 'toolbar', 'tool layer: not there'],
    ['Run a cell', null, 'manualExecute: not there'],
    ['Hear the kernel', 'application'],
    [
      'Read files',
      null,
      'Signed out of the server, so checkpoints cannot be read. Sign in again in this tab.',
      'runtime proxy: not there',
    ],
  ]);
});

it('takes every word from the messages file, but for the names of page objects', () => {
  const texts = reportRows(translateMarked, report).flatMap(({ name, route, others }) => [
    name,
    route ?? '',
    ...others,
  ]);
  const ownWords = texts.filter((text) => text !== '' && !/^⟦.*⟧$/s.test(text));
  expect(ownWords).toEqual(['notebook.cells']);
});

it('is in English when it is copied, whatever the language', () =>
  expect(reportText(report, 'a browser')).toContain('insert: toolbar, not tool layer (not there)'));
