import { describe, expect, it } from 'vitest';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { recordedStates } from '../recorded-notebooks.ts';
import { lost, setup } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { buttonsOf } from './buttons.ts';
import { canRecover, resumeSituation, tickedCells } from './setup-cells.ts';

const notebookOf = (name: string): NotebookView => {
  const view = recordedStates[name];
  if (view?.kind !== 'notebook') throw new Error(`${name} is not a notebook`);
  return view;
};
const tickedOf = (view: NotebookView, changed: ReadonlyMap<string, boolean> = new Map()) => {
  const situation = resumeSituation(view.state);
  return situation === null ? [] : tickedCells(situation, changed);
};

const cases: readonly (readonly [string, string | null, string | null])[] = [
  ['idle', null, null],
  ['training-safe', 'save-now: Save now', 'bring-home: Download'],
  ['finished', 'bring-home: Download', 'dismiss-run: Put this run away'],
  ['stopped-interrupted', 'recover: Resume from checkpoint-400', 'insert-resume-cell: Only insert the cell'],
  ['stopped-error', 'recover: Resume from checkpoint-400', 'insert-resume-cell: Only insert the cell'],
  ['lost-died', 'recover: Recover from checkpoint-400', 'insert-resume-cell: Only insert the cell'],
  ['lost-away', 'insert-resume-cell: Insert the resume cell', null],
  ['lost-inserted', 'recover: Run setup and resume', 'undo-insert: Undo'],
  ['lost-inserted-away', null, 'undo-insert: Undo'],
  ['lost-copy', null, null],
  ['lost-failed', null, 'insert-resume-cell: Try again'],
  ['lost-read-only', null, null],
  ['lost-no-train-call', null, 'dismiss-run: Put this run away'],
  ['lost-checking', null, null],
  ['lost-nothing-saved', null, 'dismiss-run: Put this run away'],
  ['lost-saves-unknown', 'insert-resume-cell: Look again', 'dismiss-run: Put this run away'],
  ['lost-machine-stale-cell', 'insert-resume-cell: Look again', 'undo-insert: Undo'],
  ['lost-machine', 'insert-resume-cell: Look again', 'dismiss-run: Put this run away'],
  ['training-unsaved', 'save-now: Save now', null],
  ['save-consent', null, null],
  ['recovering-setup', null, 'stop-recovery: Stop here'],
  ['recovering-failed', 'retry-recovery: Try this step again', 'stop-recovery: Back to the run'],
];

describe('buttons', () => {
  it.each(cases)('%s', (name, main, beside) => {
    const view = notebookOf(name);
    const buttons = buttonsOf(t, view, tickedOf(view));
    const words = [buttons.main, buttons.beside].map((button) =>
      button === null ? null : `${button.action.kind}: ${button.label}`,
    );
    expect(words).toEqual([main, beside]);
  });

  it('promises checkpoints on the disk only where the disk is known to be there', () => {
    const small = (name: string) => buttonsOf(t, notebookOf(name), []).beside?.small;
    expect(small('finished')).toBe('the checkpoints stay on the disk');
    expect(small('finished-machine-gone')).toBe(null);
    expect(small('lost-machine')).toBe(null);
  });

  it('says what recover runs and how long that took', () => {
    const view = notebookOf('lost-died');
    const small = (ticked: typeof setup) => buttonsOf(t, view, ticked).main?.small;
    expect(small(tickedOf(view))).toBe('run 5 setup cells, then resume: setup took 48 s');
    expect(small(setup.slice(0, 1))).toBe('run 1 setup cell, then resume: setup took 24 s');
    expect(small([])).toBe('no setup cell, straight to the resume cell');
    expect(small(setup.slice(0, 2).map((cell) => ({ ...cell, tookMs: null })))).toBe(
      'run 2 setup cells, then resume',
    );
  });

  it('ticks every cell that is still there, in order, unless the kernel kept its variables', () => {
    expect(tickedOf(notebookOf('lost-died')).map(({ cellId }) => cellId)).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect(tickedOf(notebookOf('stopped-interrupted'))).toEqual([]);
    const changed = new Map([
      ['a', false],
      ['e', true],
    ]);
    expect(tickedOf(notebookOf('lost-died'), changed).map(({ cellId }) => cellId)).toEqual([
      'b',
      'c',
      'd',
      'f',
    ]);
  });

  it('offers nothing to run without a kernel or a checkpoint', () => {
    const situations = [lost({ kernel: 'away' }), lost({}, { from: null })].map(({ state }) =>
      resumeSituation(state),
    );
    for (const situation of situations) expect(situation !== null && canRecover(situation)).toBe(false);
  });
});
