import { describe, expect, it } from 'vitest';
import { beginRun } from '../core/run/run.ts';
import { newRun, OUTPUTS } from '../core/run/run-rig.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import { memoryVault } from '../vault/memory-vault.ts';
import { createCopies } from './copies.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';
import { folderForCopy } from './restore-place.ts';
import { shownCopies, type ShownCopies } from './shown-copies.ts';

const page = (origin: string) => ({
  origin,
  pathname: '/lab',
  baseUrl: '/',
  serverRoot: '/home/me',
  platform: 'jupyterlab',
  canInsert: true,
  application: 'working' as const,
  kernelTap: 'idle' as const,
});
const notebook = emptyNotebook(page('http://new:8888'), 'work/story.ipynb', 0);
const colab = emptyNotebook(page('https://colab.research.google.com'), '1AbC', 0);

const whose = (id: string, name: string): Pick<CopyRecord, 'notebook'> => ({ notebook: { id, name } });
const own = whose(notebook.id, 'story.ipynb');
const elsewhere = whose('http://old:8888/story.ipynb', 'story.ipynb');
const another = whose('http://old:8888/another.ipynb', 'another.ipynb');
const from = (origin: string, folder = 'work/outputs/checkpoint-7') => ({
  from: { origin, basePath: '/', folder },
});

const shown = async (records: readonly Partial<CopyRecord>[]): Promise<ShownCopies> => {
  const vault = memoryVault();
  for (const [place, more] of records.entries())
    vault.keep({ a: Buffer.from('a') }, { begunAt: -place, ...more });
  const server = { origin: 'http://new:8888', basePath: '/' };
  return shownCopies(notebook, server, await createCopies(vault).list());
};

describe('copies of other notebooks', () => {
  it('stand by themselves, those of the same name first', async () => {
    const { copies, others } = await shown([another, own, elsewhere, another]);
    expect(copies.map(({ id }) => id)).toEqual(['copy-2']);
    expect(
      others.map((group) => [group.notebookId, group.notebookName, group.copies.map(({ id }) => id)]),
    ).toEqual([
      ['http://old:8888/story.ipynb', 'story.ipynb', ['copy-3']],
      ['http://old:8888/another.ipynb', 'another.ipynb', ['copy-1', 'copy-4']],
    ]);
  });

  it('are not those on their way into a zip', async () => {
    expect(await shown([{ ...another, purpose: 'zip' }])).toEqual({ copies: [], others: [] });
  });
});

describe('a copy of an earlier run', () => {
  const run = beginRun(newRun({ startedAt: 100, folder: { kind: 'unknown' } }));
  const withRun: Notebook = { ...notebook, run };
  const earlierOf = async (shownFor: Notebook): Promise<readonly boolean[]> => {
    const vault = memoryVault();
    for (const begunAt of [50, 99, 100, 150]) vault.keep({}, { ...own, begunAt });
    const { copies } = shownCopies(shownFor, null, await createCopies(vault).list());
    return copies.map(({ isEarlier }) => isEarlier === true);
  };

  it('is one that was begun before the run', async () => {
    expect(await earlierOf(withRun)).toEqual([false, false, true, true]);
    expect(await earlierOf(notebook), 'no run is known').not.toContain(true);
  });

  it('is none of those that a resumed run goes on with', async () => {
    const resumed: Notebook = { ...notebook, run: { ...run, resumedFrom: 7 } };
    expect(await earlierOf(resumed), 'when the first began is not known').not.toContain(true);
    const keeping = { ...notebook.keeping, line: { runId: 'r', since: 60 } };
    expect(await earlierOf({ ...resumed, keeping })).toEqual([false, false, false, true]);
  });
});

describe('an unfinished copy', () => {
  it('can be gone on with where its source is on the server of the notebook that is shown', async () => {
    const unfinished = { state: 'copying' } as const;
    const { copies, others } = await shown([
      { ...own, ...unfinished, ...from('http://new:8888') },
      { ...own, ...unfinished, ...from('http://old:8888') },
      { ...own, ...from('http://new:8888') },
      { ...another, ...unfinished, ...from('http://new:8888') },
    ]);
    expect(copies.map(({ canGoOn }) => canGoOn)).toEqual([true, false, false]);
    expect(others.flatMap((group) => group.copies.map(({ canGoOn }) => canGoOn))).toEqual([true]);
  });
});

describe('where a copy of another notebook goes', () => {
  const record = memoryVault().keep({}, { ...elsewhere, ...from('http://old:8888') });
  const colabRecord = { ...record, ...whose(`${colab.origin}/2XyZ`, 'story.ipynb') };
  const withFolder = (onServer: string): Notebook => ({
    ...notebook,
    run: beginRun(newRun({ folder: { ...OUTPUTS, onServer, from: 'user' } })),
  });
  it.each([
    ['among the checkpoints of this one', withFolder('here/out'), record, 'here/out/checkpoint-7'],
    ['into the root, if they are there', withFolder(''), record, 'checkpoint-7'],
    ['where it lay, on a server of the same kind', notebook, record, 'work/outputs/checkpoint-7'],
    ['where it lay, from Colab to Colab', colab, colabRecord, 'work/outputs/checkpoint-7'],
    ['beside the notebook, from Colab to Jupyter', notebook, colabRecord, 'work/checkpoint-7'],
    ['into the kernel’s folder, from Jupyter to Colab', colab, record, 'content/checkpoint-7'],
  ])('%s', (_where, shownBy, copy, folder) => {
    expect(folderForCopy(shownBy, copy)).toBe(folder);
  });
});
