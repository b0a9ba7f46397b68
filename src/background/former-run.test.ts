import { describe, expect, it } from 'vitest';
import type { Checkpoint, Integrity } from '../core/checkpoint/checkpoint.ts';
import { beginRun, type Run } from '../core/run/run.ts';
import { newRun, wholeCheckpoint } from '../core/run/run-rig.ts';
import { isUnsettled, settleFormerRun, type FormerLook } from './former-run.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';

const checkpoint = (integrity: Integrity): Checkpoint => wholeCheckpoint(100, { modifiedAt: 50, integrity });
const seen = (kind: 'writing' | 'unchecked', gone = false): Run['checkpoints'] => [
  { ...checkpoint({ kind }), origin: 'this-run', gone },
];
const run = (changes: Partial<Run>): Run => ({
  ...beginRun(newRun()),
  phase: { kind: 'finished', at: 100, machine: 'same' },
  baseline: {},
  lookedAt: 200,
  ...changes,
});

describe('a run whose place was taken', () => {
  it('is settled when all of it was judged after its end', () => {
    expect(isUnsettled(null)).toBe(false);
    expect(isUnsettled(run({}))).toBe(false);
    expect(isUnsettled(run({ phase: { kind: 'training' }, lookedAt: null }))).toBe(false);
    expect(isUnsettled(run({ lookedAt: 99 }))).toBe(true);
    expect(isUnsettled(run({ lookedAt: null }))).toBe(true);
    expect(isUnsettled(run({ checkpoints: seen('writing') }))).toBe(true);
    expect(isUnsettled(run({ checkpoints: seen('unchecked') }))).toBe(true);
    expect(isUnsettled(run({ checkpoints: seen('writing', true) }))).toBe(false);
  });

  it('is looked at until it is settled, three times at most, and not at all where nobody answers', async () => {
    const memory = { path: 'outputs', checkpoints: [], others: [], pointers: [] };
    const looked = async (answers: readonly Integrity[]): Promise<readonly string[]> => {
      const left = [...answers];
      const look: FormerLook = async () => {
        const integrity = left.shift();
        return integrity === undefined ? null : { memory, checkpoints: [checkpoint(integrity)] };
      };
      const found: string[] = [];
      await settleFormerRun(
        { ...emptyNotebook(labPage, 'story.ipynb', 1), run: run({ checkpoints: seen('writing') }) },
        look,
        (notebook) => found.push(notebook.run?.checkpoints[0]?.integrity.kind ?? 'none'),
        () => 300,
        async () => undefined,
      );
      return found;
    };
    expect(await looked([{ kind: 'writing' }, { kind: 'complete', resumes: 'exactly' }])).toEqual([
      'writing',
      'complete',
    ]);
    expect(await looked(Array.from({ length: 9 }, () => ({ kind: 'writing' as const })))).toHaveLength(3);
    expect(await looked([])).toEqual([]);
  });
});
