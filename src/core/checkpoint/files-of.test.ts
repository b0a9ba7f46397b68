import { describe, expect, it } from 'vitest';
import { filesAmong, folderOfFiles, foundByLast, type Named } from './files-of.ts';
import { checkpointsIn } from './layouts/layout-table.ts';
import type { FolderListing } from './listing.ts';

const listing = (names: readonly string[], path = 'out'): FolderListing => ({
  path,
  entries: names.map((name) => ({ name, kind: 'file', sizeBytes: 10, modifiedAt: 1 })),
});
const SHARED = [
  'epoch=3-step=400.ckpt',
  'epoch=4-step=500.ckpt',
  'last.ckpt',
  'hparams.yaml',
  'ckpt-1.index',
  'ckpt-1.data-00000-of-00001',
  'ckpt-10.index',
  'ckpt-10.data-00000-of-00001',
  'checkpoint',
  'latest.pdparams',
  'latest.pdopt',
  'restoring.last.ckpt.holdfast-part',
  'before-restore-1.last.ckpt',
];
const of = (named: Named) => filesAmong(listing(SHARED), named).map(({ name }) => name);

describe('the files of a checkpoint among others', () => {
  it.each<[Named, readonly string[]]>([
    [{ name: 'epoch=3-step=400.ckpt', form: 'file', framework: 'lightning' }, ['epoch=3-step=400.ckpt']],
    [{ name: 'last.ckpt', form: 'file', framework: 'lightning' }, ['last.ckpt']],
    [
      { name: 'ckpt-1', form: 'prefix', framework: 'tensorflow' },
      ['ckpt-1.data-00000-of-00001', 'ckpt-1.index'],
    ],
    [{ name: 'latest', form: 'prefix', framework: 'paddle' }, ['latest.pdopt', 'latest.pdparams']],
    [{ name: 'epoch=9-step=900.ckpt', form: 'file', framework: 'lightning' }, []],
    [{ name: 'ckpt-2', form: 'prefix', framework: 'tensorflow' }, []],
  ])('%j', (named, files) => expect(of(named)).toEqual(files));

  it.each([
    [['G_1.pth', 'D_1.pth', 'config.json'], 'out'],
    [['model_state_epoch_1.th', 'training_state_epoch_1.th'], 'out'],
    [['latest.weights.h5', 'training_metadata.json'], 'out'],
    [['weights.03.keras', 'log.csv'], 'out'],
    [['last.pt', 'best.pt'], 'runs/train/weights'],
    [['last.pt', 'notes.txt'], 'out'],
    [['checkpoint_last.pt', 'checkpoint_best.pt', 'checkpoint3.pt'], 'out'],
    [['epoch_3.pth', 'last_checkpoint'], 'work_dirs'],
    [['network-snapshot-000200.pkl'], 'out'],
  ])('are found again as they were seen: %j', (names, path) => {
    const folder = listing(names, path);
    const seen = checkpointsIn(folder, null).filter(({ form }) => form !== 'folder');
    expect(seen.length).toBeGreaterThan(0);
    for (const { name, form, candidates, entries } of seen) {
      const again = filesAmong(folder, { name, form, framework: candidates[0].rules.framework });
      expect(again.map((entry) => entry.name).toSorted(), name).toEqual(
        entries.map((entry) => entry.name).toSorted(),
      );
    }
  });
});

it('files lie in the folder that they share, of a folder in itself', () => {
  expect(folderOfFiles('out/checkpoint-7', 'folder')).toBe('out/checkpoint-7');
  expect(folderOfFiles('out/last.pt', 'file')).toBe('out');
  expect(folderOfFiles('last.pt', 'file')).toBe('');
  expect(folderOfFiles('tc/ckpt-1', 'prefix')).toBe('tc');
});

it.each([
  ['ckpt-1', ['ckpt-1.index', 'ckpt-1.data-00000-of-00001'], 'ckpt-1.index'],
  ['latest', ['latest.pdparams', 'latest.pdopt', 'latest.states'], 'latest.pdparams'],
  ['G_1.pth', ['G_1.pth', 'D_1.pth'], 'G_1.pth'],
])('what %s is found by is named last', (name, paths, last) => {
  const order = foundByLast(
    paths.map((path) => ({ path })),
    name,
  ).map(({ path }) => path);
  expect(order.at(-1)).toBe(last);
  expect(order.toSorted()).toEqual(paths.toSorted());
});
