import { describe, expect, it } from 'vitest';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { frameworkStates } from '../recorded-frameworks.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { checkpointRows } from './checkpoint-rows.ts';
import { downloadNewest, downloadResult } from './download-buttons.ts';
import { offerWords } from './keeping-words.ts';
import { nowLine } from './now-line.ts';
import { runLineWords } from './run-line-words.ts';
import { runLineOf } from '../../run-line/run-line-geometry.ts';
import { canTakeLess } from './takeable.ts';

const viewOf = (name: string): NotebookView => {
  const view = frameworkStates[name];
  if (view === undefined) throw new Error(`no state ${name}`);
  return view;
};
const runOf = (name: string) => {
  const { state } = viewOf(name);
  if (state.kind === 'idle') throw new Error('no run');
  return state.run;
};
const spokenNow = (name: string): string => {
  const { left, right } = nowLine(t, runOf(name), { kind: 'connected' }, RECORDED_AT, RECORDED_AT);
  return [...left, ...right].map(({ text }) => text).join(' ');
};

describe('a run that counts epochs', () => {
  it('says so in its numbers', () =>
    expect(spokenNow('keras-training')).toBe('epoch 8 of 20 · loss 0.281 3 min per epoch · 38 min left'));

  it('is drawn in epochs', () => {
    const line = runLineOf(viewOf('keras-training').state);
    expect(line?.safeTo).toBe(35);
    expect(line?.atRisk).toEqual({ from: 35, to: 40, lost: false });
    expect(
      line?.dots.map(({ at, kind }) => [at, kind]).toSorted(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [15, 'gone'],
      [20, 'whole'],
      [25, 'broken'],
      [30, 'whole'],
      [35, 'whole'],
    ]);
  });

  it.each([
    [
      'keras-training',
      'Epoch 8 of 20. Whole checkpoints of epochs 4, 6, and 7. Not proven whole: epoch 5. Removed: epoch 3. At risk: what came after epoch 7.',
    ],
    ['keras-unsaved', 'Epoch 2 of 20. No whole checkpoint. At risk: everything so far.'],
  ])('%s is read out', (name, words) => expect(runLineWords(t, viewOf(name).state)).toBe(words));
});

describe('checkpoints that are single files', () => {
  it('have no place on the line without a number', () => {
    expect(runLineOf(viewOf('lightning-training').state)?.dots).toHaveLength(3);
    expect(runLineWords(t, viewOf('loop-training').state)).toBe('Step not known. Whole: last.pt.');
  });

  it('are offered like any other, but for what cannot be whole', () => {
    const view = viewOf('keras-training');
    expect(checkpointRows(t, view).map(({ name, download }) => [name, download !== null])).toEqual([
      ['weights.07.keras', true],
      ['weights.06.keras', true],
      ['weights.05.keras', false],
      ['weights.04.keras', true],
    ]);
    expect(downloadNewest(t, view, runOf('keras-training'))?.action).toMatchObject({
      names: ['weights.07.keras'],
    });
    expect(downloadResult(t, viewOf('keras-finished'), runOf('keras-finished'))?.small).toContain(
      'weights.20.keras',
    );
  });

  it('are taken whole: nothing less is offered', () => {
    expect(canTakeLess(viewOf('lightning-training'))).toBe(false);
    const offer = { kind: 'offer', sizeBytes: 61_200_000, inferenceBytes: null } as const;
    expect(offerWords(t, { ...viewOf('lightning-training'), keeping: offer })?.lines).toContain(
      'The newest is 61 MB.',
    );
  });
});
