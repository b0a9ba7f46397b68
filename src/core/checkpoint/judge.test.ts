import { describe, expect, test } from 'vitest';
import type { Integrity, TrainerState } from './checkpoint.ts';
import { judge, type Evidence } from './judge.ts';
import { accelerateCountedFolder, isAccelerateState } from './layouts/accelerate.ts';
import { checkpointsIn } from './layouts/layout-table.ts';
import { deepspeedFolder, nemoFolder } from './layouts/sharded.ts';
import { trainerFolder } from './layouts/trainer.ts';
import type { FolderListing, ListedFile } from './listing.ts';
import type { FileVerdict } from './proof.ts';

const state: TrainerState = {
  globalStep: 400,
  epoch: 1,
  maxSteps: 600,
  saveSteps: 100,
  bestMetric: null,
  bestModelCheckpoint: null,
  lastLoss: null,
  lastEvalLoss: null,
};

/** `name` is a file of 10 bytes, `name=0` one of that size, `name/` a folder. */
function listing(...names: readonly string[]): FolderListing {
  const entries = names.map((text): ListedFile => {
    const [name = '', size = '10'] = text.split('=');
    return name.endsWith('/')
      ? { name: name.slice(0, -1), kind: 'directory', sizeBytes: null, modifiedAt: 1 }
      : { name, kind: 'file', sizeBytes: Number(size), modifiedAt: 1 };
  });
  return { path: 'out/checkpoint-400', entries };
}

/** Everything is whole unless told otherwise. */
function verdictsOf(current: FolderListing, others: Readonly<Record<string, FileVerdict>> = {}) {
  const verdicts = new Map<string, FileVerdict>();
  for (const { name, kind, sizeBytes } of current.entries) {
    if (kind === 'directory' || sizeBytes === 0) continue;
    verdicts.set(name, name === 'trainer_state.json' ? { kind: 'trainer-state', state } : { kind: 'whole' });
  }
  for (const [name, verdict] of Object.entries(others)) verdicts.set(name, verdict);
  return verdicts;
}

const evidence = (current: FolderListing, more: Partial<Evidence> = {}): Evidence => ({
  name: 'checkpoint-400',
  step: 400,
  rules: isAccelerateState(current) ? accelerateCountedFolder : trainerFolder,
  current,
  previous: current,
  verdicts: verdictsOf(current),
  pointed: { kind: 'missing' },
  unfinished: null,
  ...more,
});

const judged = (current: FolderListing, others?: Readonly<Record<string, FileVerdict>>): Integrity =>
  judge(evidence(current, { verdicts: verdictsOf(current, others) }));

const LORA = ['adapter_config.json', 'adapter_model.safetensors', 'optimizer.pt', 'scheduler.pt'] as const;
const complete = { kind: 'complete', resumes: 'exactly' };
const without = (names: readonly string[], gone: string) => names.filter((name) => name !== gone);
const FULL = [...LORA, 'rng_state.pth', 'trainer_state.json', 'training_args.bin', 'README.md'];

describe('complete', () => {
  test.each<[string, readonly string[], Integrity]>([
    ['a LoRA checkpoint', FULL, { kind: 'complete', resumes: 'exactly' }],
    [
      'a full model',
      ['model.safetensors', 'optimizer.pt', 'scheduler.pt', 'trainer_state.json'],
      { kind: 'complete', resumes: 'exactly' },
    ],
    [
      'older weights',
      ['pytorch_model.bin', 'optimizer.pt', 'scheduler.pt', 'trainer_state.json'],
      { kind: 'complete', resumes: 'exactly' },
    ],
    [
      'save_only_model',
      ['model.safetensors', 'trainer_state.json'],
      { kind: 'complete', resumes: 'weights-only' },
    ],
    ['no random state', without(FULL, 'rng_state.pth'), { kind: 'complete', resumes: 'exactly' }],
    [
      'random states of two processes',
      [...without(FULL, 'rng_state.pth'), 'rng_state_0.pth', 'rng_state_1.pth'],
      { kind: 'complete', resumes: 'exactly' },
    ],
  ])('%s', (_, names, integrity) => {
    expect(judged(listing(...names))).toEqual(integrity);
  });

  test('shards', () => {
    const current = listing(
      'model.safetensors.index.json',
      'a.safetensors',
      'b.safetensors',
      'trainer_state.json',
    );
    const shards = ['a.safetensors', 'b.safetensors'];
    const index = { 'model.safetensors.index.json': { kind: 'weight-index', shards } } as const;
    expect(judged(current, index)).toEqual({ kind: 'complete', resumes: 'weights-only' });
  });
});

describe('broken', () => {
  const missing = (file: string) => ({ kind: 'broken', defects: [{ kind: 'file-missing', file }] });
  test.each<[string, readonly string[], unknown]>([
    ['no trainer state', without(FULL, 'trainer_state.json'), missing('trainer_state.json')],
    ['no adapter', without(FULL, 'adapter_model.safetensors'), missing('adapter_model.safetensors')],
    ['no scheduler', without(FULL, 'scheduler.pt'), missing('scheduler.pt')],
    ['no optimizer', without(FULL, 'optimizer.pt'), missing('optimizer.pt')],
    ['no weights', ['optimizer.pt', 'scheduler.pt', 'trainer_state.json'], missing('model.safetensors')],
    [
      'no index',
      ['model-00001-of-00002.safetensors', 'trainer_state.json'],
      missing('model.safetensors.index.json'),
    ],
    ['no latest', ['global_step400/', 'model.safetensors', 'trainer_state.json'], missing('latest')],
    [
      'an empty folder',
      [],
      {
        kind: 'broken',
        defects: [
          { kind: 'file-missing', file: 'model.safetensors' },
          { kind: 'file-missing', file: 'trainer_state.json' },
        ],
      },
    ],
    [
      'the marker',
      [...FULL, 'checkpoint-is-incomplete.txt'],
      { kind: 'broken', defects: [{ kind: 'marked-incomplete', file: 'checkpoint-is-incomplete.txt' }] },
    ],
    [
      'an empty file',
      [...without(FULL, 'optimizer.pt'), 'optimizer.pt=0'],
      { kind: 'broken', defects: [{ kind: 'file-empty', file: 'optimizer.pt' }] },
    ],
  ])('%s', (_, names, integrity) => {
    expect(judged(listing(...names))).toEqual(integrity);
  });

  test('a shard that is not there, also one outside the folder', () => {
    const current = listing('model.safetensors.index.json', 'a.safetensors', 'trainer_state.json');
    const shards = ['../x.safetensors', 'a.safetensors'];
    const index = { 'model.safetensors.index.json': { kind: 'weight-index', shards } } as const;
    expect(judged(current, index)).toEqual(missing('../x.safetensors'));
  });

  test('lists every defect, worst first', () => {
    const current = listing(...without(FULL, 'scheduler.pt'), 'scaler.pt=0');
    const others = {
      'adapter_config.json': { kind: 'defect', defect: { kind: 'not-json', file: 'adapter_config.json' } },
      'optimizer.pt': { kind: 'defect', defect: { kind: 'file-cut-short', file: 'optimizer.pt' } },
      'rng_state.pth': { kind: 'defect', defect: { kind: 'unreadable', file: 'rng_state.pth' } },
      'trainer_state.json': { kind: 'trainer-state', state: { ...state, globalStep: 300 } },
    } as const;
    expect(judged(current, others)).toEqual({
      kind: 'broken',
      defects: [
        { kind: 'file-missing', file: 'scheduler.pt' },
        { kind: 'file-empty', file: 'scaler.pt' },
        { kind: 'file-cut-short', file: 'optimizer.pt' },
        { kind: 'not-json', file: 'adapter_config.json' },
        { kind: 'wrong-step', file: 'trainer_state.json', step: 300 },
        { kind: 'unreadable', file: 'rng_state.pth' },
      ],
    });
  });
});

describe('not sure', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'DeepSpeed',
      ['global_step400/', 'latest', 'model.safetensors', 'trainer_state.json'],
      ['global_step400'],
    ],
    [
      'DeepSpeed ZeRO-3, no weights of their own',
      ['global_step400/', 'latest', 'trainer_state.json'],
      ['global_step400'],
    ],
    [
      'FSDP',
      ['pytorch_model_fsdp_0/', 'optimizer_0/', 'scheduler.pt', 'trainer_state.json'],
      ['pytorch_model_fsdp_0', 'optimizer_0'],
    ],
    ['adapters by name', ['style/', 'optimizer.pt', 'scheduler.pt', 'trainer_state.json'], ['style']],
  ])('%s', (_, names, files) => {
    expect(judged(listing(...names))).toEqual({ kind: 'unproven', files });
  });

  test('a needed file that cannot be proven', () => {
    const current = listing('pytorch_model.bin', 'optimizer.pt', 'scheduler.pt', 'trainer_state.json');
    const unproven = { kind: 'unproven' } as const;
    expect(judged(current, { 'pytorch_model.bin': unproven })).toEqual({
      kind: 'unproven',
      files: ['pytorch_model.bin'],
    });
  });

  test('a file nobody needs may stay unproven', () => {
    expect(judged(listing(...FULL, 'notes.bin'), { 'notes.bin': { kind: 'unproven' } })).toEqual(complete);
  });

  test('a needed file of unknown size', () => {
    const current = listing(...FULL);
    const entries = current.entries.map((entry) =>
      entry.name === 'optimizer.pt' ? { ...entry, sizeBytes: null } : entry,
    );
    const sizeless = { ...current, entries };
    const verdicts = verdictsOf(current);
    verdicts.delete('optimizer.pt');
    expect(judge(evidence(sizeless, { verdicts }))).toEqual({
      kind: 'unproven',
      files: ['optimizer.pt'],
    });
  });

  test('files left to be read', () => {
    const current = listing(...FULL);
    const verdicts = verdictsOf(current);
    verdicts.delete('optimizer.pt');
    expect(judge(evidence(current, { verdicts }))).toEqual({ kind: 'unchecked' });
  });
});

describe('writing', () => {
  const current = listing(...FULL);
  const changed = (change: Partial<ListedFile>): FolderListing => ({
    ...current,
    entries: current.entries.map((entry, at) => (at === 2 ? { ...entry, ...change } : entry)),
  });
  test.each<[string, FolderListing | null]>([
    ['one look only', null],
    ['another size', changed({ sizeBytes: 9 })],
    ['another time', changed({ modifiedAt: 0 })],
    ['another name', changed({ name: 'optimizer.pt.tmp' })],
    ['a file more', listing(...FULL, 'tmp')],
    ['a file less', listing(...FULL.slice(1))],
  ])('%s', (_, previous) => {
    expect(judge(evidence(current, { previous }))).toEqual({
      kind: 'writing',
    });
  });

  test('comes before every defect', () => {
    const torn = listing('model.safetensors=0');
    expect(judge(evidence(torn, { previous: null, verdicts: new Map() }))).toEqual({
      kind: 'writing',
    });
  });
});

describe('a state of accelerate', () => {
  const whole = ['model.safetensors', 'optimizer.bin', 'scheduler.bin', 'random_states_0.pkl'];
  test.each<[string, readonly string[], Integrity['kind']]>([
    ['is whole by its last file', whole, 'complete'],
    ['also with a model in a folder, which was written before', [...whole, 'unet/'], 'complete'],
    ['is not without that file', without(whole, 'random_states_0.pkl'), 'broken'],
    [
      'is not when the file is empty',
      [...without(whole, 'random_states_0.pkl'), 'random_states_0.pkl=0'],
      'broken',
    ],
  ])('%s', (_, names, kind) => {
    expect(judged(listing(...names)).kind).toBe(kind);
  });
});

describe('a checkpoint that a text beside it must name', () => {
  const current = listing('mp_rank_00_model_states.pt', 'zero_pp_rank_0_mp_rank_00_optim_states.pt');
  const tagged = (pointed: Evidence['pointed']): Integrity =>
    judge(evidence(current, { name: 'global_step400', rules: deepspeedFolder, pointed }));
  test.each<[string, Evidence['pointed'], Integrity]>([
    [
      'is whole when it is named',
      { kind: 'text', text: 'global_step400' },
      { kind: 'complete', resumes: 'exactly' },
    ],
    [
      'or a newer one is',
      { kind: 'text', text: 'global_step500\n' },
      { kind: 'complete', resumes: 'exactly' },
    ],
    [
      'is not when only an older one is',
      { kind: 'text', text: 'global_step300' },
      { kind: 'broken', defects: [{ kind: 'not-announced', file: 'latest' }] },
    ],
    [
      'nor without the text',
      { kind: 'missing' },
      { kind: 'broken', defects: [{ kind: 'file-missing', file: 'latest' }] },
    ],
    ['nor before it was read', { kind: 'unread' }, { kind: 'unchecked' }],
  ])('%s', (_, pointed, integrity) => {
    expect(tagged(pointed)).toEqual(integrity);
  });
});

test('a mark beside it says that it is being written', () => {
  const current = listing('common.pt');
  expect(judge(evidence(current, { rules: nemoFolder, unfinished: 'x-unfinished' }))).toEqual({
    kind: 'broken',
    defects: [{ kind: 'marked-incomplete', file: 'x-unfinished' }],
  });
  expect(judge(evidence(current, { rules: nemoFolder }))).toEqual({ kind: 'complete', resumes: 'exactly' });
});

test('what its own files cannot prove, a text that is written after them can', () => {
  const current = listing('model_0004999.pth');
  const [found] = checkpointsIn(current, 'detectron2');
  const [candidate] = found?.candidates ?? [];
  if (candidate === undefined) throw new Error('none found');
  const verdicts = verdictsOf(current, { 'model_0004999.pth': { kind: 'unproven' } });
  const pickle = evidence(current, { name: 'model_0004999.pth', ...candidate, verdicts });
  expect(judge(pickle).kind).toBe('unproven');
  const pointed = { kind: 'text', text: 'model_0009999.pth' } as const;
  expect(judge({ ...pickle, pointed })).toEqual({ kind: 'complete', resumes: 'exactly' });
});
