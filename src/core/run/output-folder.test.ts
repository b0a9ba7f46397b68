import { describe, expect, it } from 'vitest';
import { checkpointPath, chosenFolders, folderOfSaved, locateFolder, parentOf } from './output-folder.ts';

describe('where an output folder lies on the server', () => {
  it.each([
    ['outputs', 'story.ipynb', null, 'outputs'],
    ['./outputs/', 'work/story.ipynb', null, 'work/outputs'],
    ['../runs/a', 'work/deep/story.ipynb', null, 'work/runs/a'],
    ['a b/"quoted"/ключ', 'story.ipynb', null, 'a b/"quoted"/ключ'],
    ['/srv/work/outputs', 'story.ipynb', '/srv/work', 'outputs'],
    ['/srv/work/outputs', 'x/story.ipynb', '/', 'srv/work/outputs'],
    ['/home/ada/work/outputs', 'story.ipynb', '~/work', 'outputs'],
    ['/root/outputs', 'story.ipynb', '~', 'outputs'],
    ['~/outputs', 'story.ipynb', '~', 'outputs'],
  ])('%s in %s below %s is %s', (written, notebook, root, onServer) => {
    expect(locateFolder(written, 'source', notebook, root)).toMatchObject({
      kind: 'known',
      onServer,
      asWritten: written,
    });
  });

  it.each([
    ['../outputs', 'story.ipynb', null],
    ['/content/drive/x', 'story.ipynb', '/srv/work'],
    ['/srv/worker/outputs', 'story.ipynb', '/srv/work'],
    ['/data/outputs', 'story.ipynb', '~/work'],
    ['/srv/outputs', 'story.ipynb', null],
    ['C:\\runs\\a', 'story.ipynb', '/srv'],
  ])('%s in %s below %s cannot be reached', (written, notebook, root) => {
    expect(locateFolder(written, 'source', notebook, root).kind).toBe('outside-server');
  });
});

it.each([
  [
    'outputs',
    'story.ipynb',
    null,
    [
      ['outputs', 'outputs'],
      ['outputs', 'outputs'],
    ],
  ],
  [
    'work/outputs',
    'work/story.ipynb',
    null,
    [
      ['work/outputs', 'outputs'],
      ['work/work/outputs', 'work/outputs'],
    ],
  ],
  [
    'outputs/',
    'work/story.ipynb',
    null,
    [
      ['outputs', '../outputs'],
      ['work/outputs', 'outputs/'],
    ],
  ],
  [
    'work',
    'work/story.ipynb',
    null,
    [
      ['work', '.'],
      ['work/work', 'work'],
    ],
  ],
  [
    'a/b',
    'a/c/d/story.ipynb',
    null,
    [
      ['a/b', '../../b'],
      ['a/c/d/a/b', 'a/b'],
    ],
  ],
  [
    'workshop/x',
    'work/story.ipynb',
    null,
    [
      ['workshop/x', '../workshop/x'],
      ['work/workshop/x', 'workshop/x'],
    ],
  ],
  ['../outputs', 'work/story.ipynb', null, [['outputs', '../outputs']]],
  ['/srv/a/outputs', 'story.ipynb', '/srv/a', [['outputs', '/srv/a/outputs']]],
  ['/elsewhere', 'story.ipynb', '/srv/a', []],
])(
  'a folder named %s beside %s below %s can be %j, as the server and as the kernel has it',
  (named, notebook, root, paths) =>
    expect(
      chosenFolders(named, notebook, root).map(({ onServer, asWritten }) => [onServer, asWritten]),
    ).toEqual(paths),
);

it('a checkpoint is named the way the folder was written', () => {
  expect(checkpointPath('./out dir/', 'checkpoint-4')).toBe('./out dir/checkpoint-4');
});

it.each([
  ['outputs/checkpoint-400', 'outputs'],
  ['/a/b/checkpoint-1/', '/a/b'],
  ['checkpoint-1', null],
  ['/checkpoint-1', '/'],
])('the folder of %s is %s', (path, parent) => expect(parentOf(path)).toBe(parent));

it.each([
  ['outputs/checkpoint-400', 'outputs'],
  ['logs/epoch=3-step=400.ckpt', 'logs'],
  ['/content/model.ckpt-1000', '/content'],
  ['last.pt', '.'],
  ['weights.03.keras', '.'],
  ['checkpoint-400', null],
  ['ckpt-3', null],
])('%s lies in %s', (path, folder) => expect(folderOfSaved(path)).toBe(folder));
