import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../core/result.ts';
import { beginRun } from '../core/run/run.ts';
import { newRun, seenCheckpoint } from '../core/run/run-rig.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';
import { serverOf } from './server-of.ts';
import type { TrainingReader } from './training-reading.ts';
import { createUseDesk } from './use-desk.ts';
import { usesView } from './uses.ts';

/** The notebook as its page has it: a double that inserts, replaces and removes as a page does. */
const page = vi.hoisted(() => ({ cells: new Array<{ id: string; source: string }>(), readOnly: false }));

vi.mock('webextension-polyfill', () => ({
  default: {
    i18n: { getMessage: (key: string, values: readonly string[] = []) => [key, ...values].join(' ') },
    tabs: {
      sendMessage: async (_: number, { command }: { readonly command: PageCommand }) => answer(command),
    },
  },
}));

/** Every text that is asked for is the adapter's: the listings have no other. */
vi.mock('../runtime/text-file.ts', () => ({ readText: async () => ok(ADAPTER) }));

const answer = (command: PageCommand): PageCommandReply => {
  if (command.kind === 'read-cells') return { kind: 'cells', cells: page.cells.map((cell) => ({ ...cell })) };
  if (!('cellId' in command)) return { kind: 'failed', reason: 'page-error' };
  const at = page.cells.findIndex(({ id }) => id === command.cellId);
  const cell = page.cells[at];
  if (cell === undefined) return { kind: 'failed', reason: 'cell-not-found' };
  if (page.readOnly) return { kind: 'failed', reason: 'read-only' };
  if ('expected' in command && command.expected !== cell.source)
    return { kind: 'failed', reason: 'cell-was-edited' };
  if (command.kind === 'insert-below') {
    const id = `new-${page.cells.length}`;
    page.cells.splice(at + 1, 0, { id, source: command.source });
    return { kind: 'done', cellId: id };
  }
  if (command.kind === 'replace-source') page.cells[at] = { id: cell.id, source: command.source };
  if (command.kind === 'remove-cell') page.cells.splice(at, 1);
  return { kind: 'done', cellId: cell.id };
};

const run = {
  ...beginRun(newRun({ cellId: 'train' })),
  checkpoints: [seenCheckpoint(600), seenCheckpoint(500), seenCheckpoint(100, { gone: true })],
};

const entry = { kind: 'file', sizeBytes: 10, modifiedAt: 1 } as const;
const listed = (name: string, files: readonly string[]) => ({
  folderModifiedAt: 1,
  listing: { path: `outputs/${name}`, entries: files.map((file) => ({ ...entry, name: file })) },
  verdicts: [],
  checkpoint: seenCheckpoint(1, { name }),
});

/** Only what the desk asks of a store. */
const storeOf = (first: Notebook): NotebookStore => {
  let record = first;
  return {
    ready: Promise.resolve(),
    get: () => record,
    all: () => [record],
    inTab: () => [record],
    change: (_, apply) => (record = apply(record)),
    add: () => undefined,
    onChange: () => undefined,
  };
};

const ADAPTER = '{"base_model_name_or_path": "org/base", "peft_type": "LORA", "task_type": "CAUSAL_LM"}';
const nothing = {
  framework: null,
  training: null,
  scriptTraining: null,
  call: null,
  script: null,
  arguments: null,
  given: [],
};
const reader: TrainingReader = {
  training: async () => ({ ...nothing, given: [], way: null }),
  script: async () => null,
};

const deskFor = (more: Partial<Notebook> = {}) => {
  const store = storeOf({
    ...emptyNotebook(labPage, 'a.ipynb', 1),
    tabId: 1,
    present: true,
    platform: 'jupyterlab',
    canInsert: true,
    run,
    lookMemory: {
      path: 'outputs',
      checkpoints: ['checkpoint-500', 'checkpoint-600'].map((name) =>
        listed(name, ['adapter_config.json', 'tokenizer.json']),
      ),
      others: [],
      pointers: [],
    },
    ...more,
  });
  const address = serverOf(labPage);
  if (address === null) throw new Error('the page has no server');
  const servers: ServerDesk = {
    ask: async (_, question) => question({ address, access: {} }),
    reach: async () => null,
    known: () => null,
    route: () => null,
    forget: () => undefined,
  };
  const desk = createUseDesk(store, servers, reader);
  const uses = () => store.get('')?.uses ?? { one: null, compare: null };
  return { desk, uses };
};

const sources = (): readonly string[] => page.cells.map(({ source }) => source.split('\n')[0] ?? '');

beforeEach(() => {
  page.readOnly = false;
  page.cells = [
    { id: 'setup', source: 'import torch' },
    { id: 'train', source: 'trainer.train()' },
    { id: 'resume', source: '# Holdfast: resumes\ntrainer.train(resume_from_checkpoint="x")' },
    { id: 'after', source: 'print(1)' },
  ];
});

describe('cells that use checkpoints', () => {
  it('are put under the training cell and what was put there before, and one is brought up to date', async () => {
    const { desk, uses } = deskFor();
    await desk.insert('n', ['checkpoint-500']);
    expect(sources()).toEqual([
      'import torch',
      'trainer.train()',
      '# Holdfast: resumes',
      '# Holdfast: cell_comment_use checkpoint-500',
      'print(1)',
    ]);
    await desk.insert('n', ['checkpoint-600']);
    expect(sources()[3]).toBe('# Holdfast: cell_comment_use checkpoint-600');
    expect(page.cells).toHaveLength(5);
    await desk.insert('n', ['checkpoint-600', 'checkpoint-500']);
    expect(sources()[4]).toBe('# Holdfast: cell_comment_compare');
    expect(page.cells[4]?.source).toMatch(/"checkpoint-500": .*\n.*"checkpoint-600": /);
    expect(usesView(uses(), page.cells)).toEqual({
      one: { names: ['checkpoint-600'], state: { kind: 'inserted' } },
      compare: { names: ['checkpoint-500', 'checkpoint-600'], state: { kind: 'inserted' } },
    });
  });

  it('leave alone what the user has written in, and put another beside it', async () => {
    const { desk } = deskFor();
    await desk.insert('n', ['checkpoint-500']);
    const mine = page.cells[3];
    if (mine === undefined) throw new Error('nothing was inserted');
    mine.source += '\n# mine';
    expect(await desk.undo('n', 'one')).toBe('cell-was-edited');
    await desk.insert('n', ['checkpoint-500']);
    expect(page.cells.map(({ source }) => source.endsWith('# mine'))).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(await desk.undo('n', 'one')).toBe('done');
    expect(page.cells).toHaveLength(5);
    expect(page.cells[3]?.source).toMatch(/# mine$/);
    expect(await desk.undo('n', 'one')).toBe('not-inserted');
  });

  it('are said to be there only while they are', async () => {
    const { desk, uses } = deskFor();
    await desk.insert('n', ['checkpoint-500']);
    page.cells.splice(3, 1);
    expect(usesView(uses(), page.cells).one).toBeNull();
    expect(await desk.undo('n', 'one')).toBe('done');
  });

  it('go to the end of a notebook whose training cell is gone', async () => {
    const { desk } = deskFor();
    page.cells.splice(1, 1);
    await desk.insert('n', ['checkpoint-500']);
    expect(sources().at(-1)).toBe('# Holdfast: cell_comment_use checkpoint-500');
  });

  it('are text to copy where nothing can be put in', async () => {
    const { desk, uses } = deskFor({ canInsert: false });
    await desk.insert('n', ['checkpoint-500']);
    expect(uses().one?.state).toMatchObject({ kind: 'copy' });
    expect(page.cells).toHaveLength(4);
  });

  it('are text to copy in a notebook that is read-only', async () => {
    const { desk, uses } = deskFor();
    page.readOnly = true;
    await desk.insert('n', ['checkpoint-500']);
    expect(uses().one?.state).toMatchObject({ kind: 'failed', reason: 'read-only' });
  });

  it('are none for what is not on the disk, or does not say how it is loaded', async () => {
    const { desk, uses } = deskFor();
    await desk.insert('n', ['checkpoint-100']);
    expect(uses().one?.state).toEqual({
      kind: 'impossible',
      reason: 'not-on-disk',
      path: 'outputs/checkpoint-100',
    });
    const bare = deskFor({
      lookMemory: {
        path: 'outputs',
        checkpoints: [listed('checkpoint-500', ['model.bin'])],
        others: [],
        pointers: [],
      },
    });
    await bare.desk.insert('n', ['checkpoint-500']);
    expect(bare.uses().one?.state).toEqual({
      kind: 'impossible',
      reason: 'no-config',
      path: 'outputs/checkpoint-500',
    });
    expect(page.cells).toHaveLength(4);
  });
});
