import { describe, expect, it } from 'vitest';
import type { NotebookState, PopupView } from '../../protocol/popup-view.ts';
import { recordedStates } from '../recorded-notebooks.ts';
import { run, training, wholeCheckpoint } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { placeLabels } from '../../run-line/run-line-labels.ts';
import { runLineWords } from './run-line-words.ts';
import { runLineOf } from '../../run-line/run-line-geometry.ts';

const stateOf = (view: PopupView | undefined): NotebookState => {
  if (view?.kind !== 'notebook') throw new Error('not a notebook');
  return view.state;
};
const lineOf = (view: PopupView | undefined) => {
  const line = runLineOf(stateOf(view));
  if (line === null) throw new Error('no line');
  return line;
};

describe('run line', () => {
  it('shows what is whole, what is at risk and the next save', () => {
    const line = lineOf(recordedStates['training-safe']);
    expect(line.safeTo).toBeCloseTo(66.67, 1);
    expect(line.atRisk).toEqual({ from: (400 / 600) * 100, to: (451 / 600) * 100, lost: false });
    expect(line.saves).toEqual([(500 / 600) * 100]);
    expect(line.mark?.kind).toBe('now');
    expect(line.dots.map(({ kind }) => kind)).toEqual(['gone', 'whole', 'whole', 'whole']);
  });

  it('marks where a lost run stopped, and plans no save for it', () => {
    const line = lineOf(recordedStates['lost-died']);
    expect(line.mark?.kind).toBe('stopped');
    expect(line.atRisk?.lost).toBe(true);
    expect(line.saves).toEqual([]);
    expect(line.dots.some(({ kind }) => kind === 'broken')).toBe(true);
  });

  it('leaves out what an earlier run left, but for the checkpoint this one came from', () => {
    const old = wholeCheckpoint(600, 0.4, { origin: 'earlier' });
    const from = wholeCheckpoint(100, 0.8, { origin: 'earlier' });
    const line = lineOf(training({ checkpoints: [old, from], safeName: 'checkpoint-100', safeStep: 100 }));
    expect(line.dots).toEqual([{ at: (100 / 600) * 100, kind: 'whole', around: false }]);
  });

  it('a plan has a mark for every save', () => {
    expect(lineOf(recordedStates['plan-saves']).saves).toHaveLength(6);
    expect(lineOf(recordedStates['plan-never-before-end']).saves).toEqual([100]);
    expect(lineOf(recordedStates['plan-never-silent']).saves).toEqual([]);
  });

  it.each(Object.entries(recordedStates).filter(([, view]) => view.kind === 'notebook'))(
    'stays on the line: %s',
    (_, view) => {
      const line = runLineOf(stateOf(view));
      if (line === null) return;
      const places = [line.safeTo, ...line.dots.map(({ at }) => at), ...line.saves, line.mark?.at ?? 0];
      for (const place of places) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(100);
      }
    },
  );

  it('draws nothing without any number, and survives odd ones', () => {
    const nothing = {
      step: null,
      total: null,
      safeName: null,
      safeStep: null,
      nextSave: null,
      checkpoints: [],
    };
    expect(runLineOf(training(nothing).state)).toBeNull();
    expect(lineOf(training({ step: 700, total: 600 })).mark?.at).toBe(100);
    expect(runLineOf(training({ ...nothing, total: 0, step: 0 }).state)).toBeNull();
  });

  it('labels what matters first and nothing on top of it', () => {
    expect(placeLabels([600, 0, 400, 410, 590], 600).map(({ text }) => text)).toEqual(['600', '0', '400']);
    expect(placeLabels([1_000_000, 0, 990_000], 1_000_000).map(({ anchor }) => anchor)).toEqual([
      'end',
      'start',
    ]);
  });

  it('says the same in words', () => {
    expect(runLineWords(t, stateOf(recordedStates['lost-died']))).toBe(
      'Step 451 of 600. It stopped there. Whole checkpoints at steps 200, 300, and 400. ' +
        'Not proven whole: step 450. Removed: step 100. Lost: steps 401 to 451.',
    );
    expect(
      runLineWords(t, {
        kind: 'finished',
        run: { ...run, step: 400, checkpoints: [] },
        resumedFrom: null,
        machine: 'same',
      }),
    ).toBe('Step 400 of 600. It finished. No whole checkpoint.');
    expect(runLineWords(t, stateOf(recordedStates['plan-saves']))).toBe(
      'A run of 600 steps, not started. Next save at step 100.',
    );
  });
});
