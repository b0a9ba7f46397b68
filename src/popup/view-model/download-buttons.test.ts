import { describe, expect, it } from 'vitest';
import type { CheckpointView, NotebookView } from '../../protocol/popup-view.ts';
import { recordedStates } from '../recorded-notebooks.ts';
import { training, wholeCheckpoint } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { buttonsOf } from './buttons.ts';

const notebookOf = (name: string): NotebookView => {
  const view = recordedStates[name];
  if (view?.kind !== 'notebook') throw new Error(`${name} is not a notebook`);
  return view;
};
const mainOf = (view: NotebookView) => buttonsOf(t, view, []).main;
const besideOf = (view: NotebookView) => buttonsOf(t, view, []).beside;

describe('Download, after the end', () => {
  it('takes the newest good checkpoint and the best one', () => {
    expect(mainOf(notebookOf('finished'))).toEqual({
      label: 'Download',
      small: 'everything of 500 and 600, 305 MB, one zip',
      action: {
        kind: 'bring-home',
        notebookId: 'recorded',
        names: ['checkpoint-600', 'checkpoint-500'],
        extent: 'everything',
        to: 'zip',
      },
    });
  });

  it('takes one where the newest good one is the best', () => {
    expect(mainOf(notebookOf('finished-unsaved'))?.small).toBe('everything of 500, 152 MB, one zip');
  });

  it('takes from this browser what the disk does not give any more', () => {
    const view = notebookOf('finished-machine-gone');
    expect(mainOf(view)).toBe(null);
    if (view.state.kind !== 'finished') throw new Error('not finished');
    const [newest, ...others] = view.state.run.checkpoints;
    const checkpoints = newest === undefined ? [] : [{ ...newest, copyId: 'c' }, ...others];
    const kept = { ...view, state: { ...view.state, run: { ...view.state.run, checkpoints } } };
    expect(mainOf(kept)).toEqual({
      label: 'Download',
      small: 'checkpoint-600, from this browser',
      action: { kind: 'zip-copy', notebookId: 'recorded', copyId: 'c' },
    });
  });
});

describe('Download, while it trains', () => {
  const small = (...checkpoints: readonly CheckpointView[]) => besideOf(training({ checkpoints }))?.small;

  it('takes the newest good one', () => {
    expect(besideOf(training())?.small).toBe('checkpoint-400, 152 MB');
    expect(
      small(
        wholeCheckpoint(600, 0.4, { origin: 'earlier' }),
        wholeCheckpoint(450, 0.5, { integrity: { kind: 'writing' } }),
        wholeCheckpoint(440, 0.5, { integrity: { kind: 'unproven', files: ['a.bin'] } }),
        wholeCheckpoint(400, 0.5, { sizeBytes: null }),
      ),
    ).toBe('checkpoint-400');
    expect(small(wholeCheckpoint(440, 0.5, { integrity: { kind: 'unproven', files: ['a.bin'] } }))).toBe(
      'checkpoint-440, 152 MB',
    );
  });

  it('is not offered without one, or where the files cannot be read', () => {
    expect(small()).toBe(undefined);
    expect(small(wholeCheckpoint(400, 0.5, { gone: true }))).toBe(undefined);
    expect(besideOf(notebookOf('training-signed-out'))).toBe(null);
  });

  it('keeps its place and rests while it is under way', () => {
    expect(besideOf(notebookOf('home-moving'))).toMatchObject({
      small: 'under way, see below',
      resting: true,
    });
    expect(besideOf(notebookOf('home-done-verified'))?.resting).toBe(undefined);
  });
});

describe('on a new machine', () => {
  const view = notebookOf('home-machine-gone');

  it('the copy in this browser comes first', () => {
    expect(buttonsOf(t, view, [])).toMatchObject({
      main: {
        label: 'Put checkpoint-400 back',
        small: 'from this browser, 152 MB',
        action: { kind: 'restore-copy', copyId: 'copy-400' },
      },
      beside: { label: 'Look again' },
    });
  });

  it('then the disk is looked at again', () => {
    const state = {
      kind: 'done',
      checked: 'verified',
      sizeBytes: 1,
      fileName: null,
      canShow: false,
    } as const;
    const job = {
      id: 'j',
      names: ['checkpoint-400'],
      extent: 'everything',
      to: 'server',
      copyIds: ['copy-400'],
      state,
    } as const;
    expect(mainOf({ ...view, home: { ...view.home, jobs: [job] } })?.label).toBe('Look again');
    const waiting = { ...job, state: { kind: 'waiting' } } as const;
    expect(mainOf({ ...view, home: { ...view.home, jobs: [waiting] } })?.resting).toBe(true);
  });
});
