import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFile, joinBytes, legacyTorchFile, safetensorsFile, torchFile } from './file-fixtures.ts';
import type { ByteRange, Chunk, FileVerdict } from './proof.ts';
import { formatOf, nextStep, planProofs } from './proof-plan.ts';

/** Runs a proof against bytes in memory and tells what it read. */
function prove(file: string, bytes: Uint8Array, sizeBytes = bytes.length) {
  const format = formatOf(file);
  if (format === null) throw new Error(`${file} has no format`);
  const reads: ByteRange[] = [];
  const chunks: Chunk[] = [];
  for (;;) {
    const step = nextStep({ file, format, sizeBytes, modifiedAt: 1 }, chunks);
    if (step.kind === 'verdict') return { verdict: step.verdict, reads };
    expect(reads.length, 'reads before the verdict').toBeLessThan(2);
    const { from, to } = step.range;
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeLessThanOrEqual(sizeBytes);
    reads.push(step.range);
    chunks.push({ from, bytes: bytes.subarray(from, to) });
  }
}

const whole: FileVerdict = { kind: 'whole' };
const unproven: FileVerdict = { kind: 'unproven' };
const broken = (kind: 'file-cut-short' | 'not-json', file: string): FileVerdict => ({
  kind: 'defect',
  defect: { kind, file },
});

describe('safetensors', () => {
  const file = 'model.safetensors';
  const cut = broken('file-cut-short', file);
  const torn = broken('not-json', file);
  const header = {
    __metadata__: { format: 'pt' },
    b: { dtype: 'F32', shape: [2], data_offsets: [8, 16] },
    a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  };
  const good = safetensorsFile(header, 16);
  test.each<[string, Uint8Array, FileVerdict]>([
    ['whole', good, whole],
    ['no tensors', safetensorsFile({}, 0), whole],
    ['one byte short', good.subarray(0, -1), cut],
    ['cut inside the header', good.subarray(0, 40), cut],
    ['cut inside the length', good.subarray(0, 5), cut],
    ['one byte more than the header says', joinBytes(good, new Uint8Array(1)), cut],
    ['zeros: allocated, never written', new Uint8Array(5000), cut],
    ['a length of 2^63', joinBytes(new Uint8Array(8).fill(255), new Uint8Array(50)), cut],
    ['a header that is no JSON', safetensorsFile('{"a": {"dtype"', 16), torn],
    ['a header that is a list', safetensorsFile([1], 0), torn],
    ['an entry without offsets', safetensorsFile({ a: { dtype: 'F32' } }, 0), torn],
    ['offsets backwards', safetensorsFile({ a: { data_offsets: [8, 0] } }, 8), torn],
    ['offsets that are no integers', safetensorsFile({ a: { data_offsets: [0, 0.5] } }, 8), torn],
    ['offsets beyond all files', safetensorsFile({ a: { data_offsets: [0, 2 ** 52] } }, 8), cut],
    ['a tensor named like a method', safetensorsFile({ constructor: { data_offsets: [0, 8] } }, 8), whole],
  ])('%s', (_, bytes, verdict) => {
    expect(prove(file, bytes).verdict).toEqual(verdict);
  });

  test('reads a long header in a second step, and no more than that', () => {
    const entries = Array.from({ length: 1000 }, (_, i) => [`layer.${i}`, { data_offsets: [i, i + 1] }]);
    const bytes = safetensorsFile(Object.fromEntries(entries), 1000);
    const proof = prove(file, bytes);
    expect(proof.verdict).toEqual(whole);
    expect(proof.reads).toEqual([
      { from: 0, to: 32_768 },
      { from: 8, to: bytes.length - 1000 },
    ]);
  });

  test('does not fetch a header above 16 MiB', () => {
    const bytes = new Uint8Array(40_000);
    new DataView(bytes.buffer).setBigUint64(0, 20_000_000n, true);
    expect(prove(file, bytes, 10 ** 9)).toMatchObject({
      verdict: unproven,
      reads: [{ from: 0, to: 32_768 }],
    });
  });
});

describe('torch.save', () => {
  const file = 'optimizer.pt';
  const cut = broken('file-cut-short', file);
  test.each<[string, Uint8Array, FileVerdict]>([
    ['whole', torchFile(), whole],
    ['whole, without zip64 records', torchFile({ zip64: false }), whole],
    ['one byte short', torchFile().subarray(0, -1), cut],
    ['cut before the directory', torchFile().subarray(0, 200), cut],
    ['cut before the end record', torchFile().subarray(0, -22), cut],
    ['two bytes', torchFile().subarray(0, 2), cut],
    ['bytes behind the end', joinBytes(torchFile(), new Uint8Array(10)), cut],
    ['an end that belongs to a shorter file', joinBytes(torchFile().subarray(0, 50), torchFile()), cut],
    ['the same, without zip64 records', joinBytes(new Uint8Array(50), torchFile({ zip64: false })), cut],
    ['zeros: allocated, never written', new Uint8Array(5000), cut],
    ['a pickle of PyTorch before 1.6', legacyTorchFile(), unproven],
    ['text', jsonFile('hello, this is no archive'), unproven],
  ])('%s', (_, bytes, verdict) => {
    expect(prove(file, bytes).verdict).toEqual(verdict);
  });

  test('reads 98 bytes of a good file', () => {
    const bytes = torchFile({ contentBytes: 5000 });
    expect(prove(file, bytes).reads).toEqual([{ from: bytes.length - 98, to: bytes.length }]);
  });

  test('no file cut anywhere passes for whole', () => {
    const bytes = torchFile();
    assert(
      property(integer({ min: 1, max: bytes.length - 1 }), (length) => {
        expect(prove(file, bytes.subarray(0, length)).verdict).toEqual(cut);
      }),
    );
  });
});

describe('JSON', () => {
  test('trainer state', () => {
    const bytes = jsonFile('{"global_step": 30, "best_metric": NaN, "log_history": []}');
    expect(prove('trainer_state.json', bytes).verdict).toMatchObject({
      kind: 'trainer-state',
      state: { globalStep: 30, bestMetric: null },
    });
  });
  test.each<[string, string, FileVerdict]>([
    ['trainer_state.json', '{"global_step": 30', broken('not-json', 'trainer_state.json')],
    ['trainer_state.json', '{"epoch": 1}', broken('not-json', 'trainer_state.json')],
    ['trainer_state.json', '{"global_step": "30"}', broken('not-json', 'trainer_state.json')],
    ['trainer_state.json', '\xff\xfe', broken('not-json', 'trainer_state.json')],
    ['config.json', '{}', whole],
    [
      'config.json',
      '{"transformers_version": "4.44.0"}',
      { kind: 'whole', packages: { transformers: '4.44.0' } },
    ],
    ['adapter_config.json', '{"peft_version": "0.21.2"}', { kind: 'whole', packages: { peft: '0.21.2' } }],
    ['config.json', '{"transformers_version": ["4.44.0"]}', whole],
    ['adapter_config.json', '', broken('not-json', 'adapter_config.json')],
    ['adapter_config.json', '\0\0\0\0', broken('not-json', 'adapter_config.json')],
    ['config.json', '"text"', broken('not-json', 'config.json')],
    [
      'model.safetensors.index.json',
      '{"weight_map": {"a": "model-1.safetensors", "b": "model-1.safetensors"}}',
      { kind: 'weight-index', shards: ['model-1.safetensors'] },
    ],
    [
      'pytorch_model.bin.index.json',
      '{"weight_map": {"a": 1}}',
      broken('not-json', 'pytorch_model.bin.index.json'),
    ],
    [
      'pytorch_model.bin.index.json',
      '{"weight_map": []}',
      broken('not-json', 'pytorch_model.bin.index.json'),
    ],
    ['pytorch_model.bin.index.json', '{}', broken('not-json', 'pytorch_model.bin.index.json')],
  ])('%s %s', (file, text, verdict) => {
    expect(prove(file, jsonFile(text)).verdict).toEqual(verdict);
  });

  test('a file above its bound is not read', () => {
    expect(prove('trainer_state.json', new Uint8Array(0), 65 * 1024 * 1024)).toEqual({
      verdict: unproven,
      reads: [],
    });
  });
});

test('plans only what decides over a restart, and what has a size', () => {
  const entry = (name: string, sizeBytes: number | null, kind: 'file' | 'directory' = 'file') => ({
    name,
    kind,
    sizeBytes,
    modifiedAt: 5,
  });
  const entries = [
    entry('README.md', 10),
    entry('model-00001-of-00002.safetensors', 10),
    entry('optimizer.pt', 0),
    entry('scheduler.pt', null),
    entry('tokenizer.json', 10),
    entry('folder.pt', null, 'directory'),
    entry('trainer_state.json', 10),
  ];
  expect(planProofs({ path: 'x', entries })).toEqual([
    { file: 'model-00001-of-00002.safetensors', format: 'safetensors', sizeBytes: 10, modifiedAt: 5 },
    { file: 'trainer_state.json', format: 'trainer-state', sizeBytes: 10, modifiedAt: 5 },
  ]);
});
