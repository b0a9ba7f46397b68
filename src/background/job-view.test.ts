import { describe, expect, it } from 'vitest';
import { isSameWish, type Job } from './job.ts';
import { itemOfFolder } from './job-items.ts';
import { jobView } from './job-view.ts';
import { zipName } from './zip-name.ts';

const item = (
  name: string,
  sizeBytes: number | null,
  copyId: string | null = null,
): Job['items'][number] => ({
  name,
  folder: `out/${name}`,
  framework: 'transformers',
  form: 'folder',
  step: null,
  epoch: null,
  loss: null,
  sizeBytes,
  copyId,
  checked: null,
});
const job = (more: Partial<Job>): Job => ({
  id: 'job',
  notebookId: 'notebook',
  createdAt: 0,
  extent: 'everything',
  to: 'zip',
  items: [item('a', 100), item('b', 50)],
  state: { kind: 'moving' },
  download: null,
  occupied: 'ask',
  ...more,
});
const progress = { doneBytes: 20, totalBytes: 60, bytesPerSecond: 10, waiting: null };

describe('what the popup is told of a job', () => {
  it('counts all of its checkpoints', () => {
    const items = [item('a', 100, 'copied'), item('b', 50), item('c', 7)];
    expect(jobView(job({ items }), progress, null).state).toEqual({
      kind: 'moving',
      doneBytes: 120,
      totalBytes: 167,
      bytesPerSecond: 10,
      secondsLeft: 4.7,
    });
  });

  it('counts what goes back to a server although its copy is here', () => {
    const items = [item('a', 100, 'copied')];
    expect(jobView(job({ items, to: 'server' }), progress, null).state).toMatchObject({
      doneBytes: 20,
      totalBytes: 60,
    });
  });

  it('says why it waits', () => {
    const waiting = { why: { kind: 'unreachable' }, nextAt: 9 } as const;
    expect(jobView(job({}), { ...progress, waiting }, null).state).toMatchObject({
      kind: 'trying-again',
      ...waiting,
      doneBytes: 20,
    });
  });

  it('tells the bytes of the zip that are on the disk', () => {
    const saving = job({ state: { kind: 'saving' }, download: { id: 1, fileName: 'a.zip', sizeBytes: 160 } });
    expect(jobView(saving, null, 80).state).toMatchObject({ kind: 'saving', doneBytes: 80, totalBytes: 160 });
  });
});

it('the same folders to the same place are one wish', () => {
  expect(isSameWish(job({}), job({ id: 'other', createdAt: 5 }))).toBe(true);
  expect(isSameWish(job({}), job({ extent: 'inference' }))).toBe(false);
  expect(isSameWish(job({}), job({ items: [item('a', 100)] }))).toBe(false);
});

it.each([
  ['out/run 1/', 'out/run 1', 'run 1'],
  ['./out', 'out', 'out'],
  ['\\out\\x', 'out/x', 'x'],
])('the folder %s is %s', (written, folder, name) =>
  expect(itemOfFolder(written)).toMatchObject({ folder, name }),
);
it.each(['', '/', '..', 'a/../b'])('%s is no folder to zip', (written) =>
  expect(itemOfFolder(written)).toBe(null),
);

it.each([
  [['checkpoint-400'], 'checkpoint-400.zip'],
  [['checkpoint-400', 'checkpoint-300', 'x'], 'checkpoint-400 and 2 more.zip'],
  [['../../etc'], '__.._etc.zip'],
  [['.hidden'], '_hidden.zip'],
  [['CON'], '_CON.zip'],
])('the zip of %j is called %s', (names, name) => expect(zipName(names)).toBe(name));
it('a name that is too long is cut before its end', () => {
  const name = zipName(['ß'.repeat(300)]);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name.endsWith('.zip')).toBe(true);
});
