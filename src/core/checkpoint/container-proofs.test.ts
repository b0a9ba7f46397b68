import { describe, expect, it } from 'vitest';
import { nextStep } from './proof-plan.ts';
import type { Chunk, FileVerdict, ProofFormat } from './proof.ts';

const proofOf = (file: string, format: ProofFormat, bytes: Uint8Array): FileVerdict => {
  const chunks: Chunk[] = [];
  for (;;) {
    const step = nextStep({ file, format, sizeBytes: bytes.length, modifiedAt: 1 }, chunks);
    if (step.kind === 'verdict') return step.verdict;
    if (chunks.length === 2) throw new Error('too many reads');
    chunks.push({ from: step.range.from, bytes: bytes.slice(step.range.from, step.range.to) });
  }
};

/** The first bytes of a file that Keras 3.15 wrote, with another end. */
const hdf5 = (version: 0 | 1 | 2 | 3, end: number, sizeBytes: number): Uint8Array => {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, version]);
  const view = new DataView(bytes.buffer);
  view.setUint8(version < 2 ? 13 : 9, 8);
  view.setBigUint64({ 0: 40, 1: 44, 2: 28, 3: 28 }[version], BigInt(end), true);
  return bytes;
};

describe('HDF5', () => {
  it.each([0, 1, 2, 3] as const)('ends where superblock %s says', (version) => {
    expect(proofOf('a.h5', 'hdf5', hdf5(version, 500, 500))).toEqual({ kind: 'whole' });
  });
  const cut = { kind: 'defect', defect: { kind: 'file-cut-short', file: 'a.h5' } };
  it.each<[string, Uint8Array, unknown]>([
    ['shorter than it says', hdf5(0, 500, 400), cut],
    ['never closed: its end was not written', hdf5(0, 96, 400), cut],
    ['allocated and never written', new Uint8Array(400), cut],
    ['hardly begun', hdf5(0, 500, 500).slice(0, 20), cut],
    ['something else', new Uint8Array(400).fill(65), { kind: 'unproven' }],
  ])('%s', (_, bytes, verdict) => {
    expect(proofOf('a.h5', 'hdf5', bytes)).toEqual(verdict);
  });
});

describe('the index of a TensorFlow checkpoint', () => {
  const index = Uint8Array.from([...new Uint8Array(100), 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
  it('ends with its magic number', () => {
    expect(proofOf('ckpt-1.index', 'tensor-index', index)).toEqual({ kind: 'whole' });
  });
  it.each([99, 20])('cut to %i bytes', (length) => {
    expect(proofOf('ckpt-1.index', 'tensor-index', index.slice(0, length)).kind).toBe('defect');
  });
});

describe('how far a file says that it is', () => {
  const told = (text: string) =>
    proofOf(
      'train_state.json',
      'progress',
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    );
  it.each([
    ['{"epoch": 3, "batch": 0}', { kind: 'progress', step: null, epoch: 3 }],
    ['{"current_epoch": 2, "current_step": 100}', { kind: 'progress', step: 100, epoch: 2 }],
  ])('%s', (text, verdict) => expect(told(text)).toEqual(verdict));
  it.each(['{"epoch": -1}', '{"epoch": "3"}', '[]', '{"epo'])('not %s', (text) =>
    expect(told(text).kind).toBe('defect'),
  );
});
