import { describe, expect, it } from 'vitest';
import type { JobView } from '../../protocol/home-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { homeStates } from '../recorded-home.ts';
import { keepingStates } from '../recorded-keeping.ts';
import { returnStates } from '../recorded-returns.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { copiesHeading, copyLines, earlierCopies, otherCopyGroups, othersHeading } from './copy-lines.ts';
import { footerWords } from './folder-words.ts';

const viewOf = (name: string): NotebookView => {
  const view = homeStates[name];
  if (view === undefined) throw new Error(`${name} is not recorded`);
  return view;
};

const elsewhere = returnStates['home-other-copies'] ?? viewOf('home-copies');

describe('copies in this browser', () => {
  const view = viewOf('home-copies');
  const lines = copyLines(t, view, RECORDED_AT);

  it('says of each what it is and how it was checked', () => {
    expect(lines.map(({ name, size, details }) => `${name}, ${size}: ${details}`)).toEqual([
      'checkpoint-400, 152 MB: loss 0.518 · verified · kept 9 min ago',
      'checkpoint-300, 48 MB: loss 0.547 · size checked · without the optimizer · kept 2 h ago',
      'checkpoint-200, 61 MB: unfinished · kept 2 h ago',
      'checkpoint-100, 152 MB: loss 0.812 · damaged · kept 2 h ago',
      'gemma-warm-up, 152 MB: step 60 · loss 1.204 · verified · kept 1 d 16 h ago',
    ]);
  });

  it('gives away only what is whole; everything can be removed', () => {
    expect(lines.map(({ download, restore }) => [download !== null, restore !== null])).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
      [true, true],
    ]);
    expect(lines.map(({ remove }) => remove.action)).toContainEqual({
      kind: 'remove-copy',
      notebookId: 'recorded',
      copyId: 'copy-200',
    });
  });

  it('offers to go on with what is unfinished where its source can be reached', () => {
    expect(lines.map(({ goOn }) => goOn?.action ?? null)).toEqual([
      null,
      null,
      { kind: 'finish-copy', notebookId: 'recorded', copyId: 'copy-200' },
      null,
      null,
    ]);
  });

  it('says under way of the copy that is at work, not of its namesake', () => {
    const underWay = (job: Partial<JobView>): readonly string[] => {
      const base: JobView = {
        id: 'j',
        names: ['checkpoint-300'],
        extent: 'everything',
        to: 'zip',
        copyIds: [],
        state: { kind: 'waiting' },
      };
      const jobs = [{ ...base, ...job }];
      const copies = view.home.copies.map((copy) =>
        copy.id === 'copy-400' ? { ...copy, name: 'checkpoint-300' } : copy,
      );
      return copyLines(t, { ...view, home: { ...view.home, jobs, copies } }, RECORDED_AT)
        .filter((line) => line.underWay)
        .map(({ id }) => id);
    };
    expect(underWay({})).toEqual(['copy-400']);
    expect(underWay({ extent: 'inference' })).toEqual(['copy-300']);
    expect(underWay({ copyIds: ['copy-300'] })).toEqual(['copy-300']);
    expect(underWay({ copyIds: ['copy-300'], to: 'server' })).toEqual(['copy-300']);
    expect(underWay({ to: 'browser' })).toEqual([]);
    expect(underWay({ to: 'browser', names: ['checkpoint-200'] })).toEqual(['copy-200']);
  });

  it('puts nothing back where the server takes nothing', () => {
    const signedOut = { ...view, health: { ...view.health, files: 'signed-out' as const } };
    expect(copyLines(t, signedOut, RECORDED_AT).every(({ restore }) => restore === null)).toBe(true);
    const others = otherCopyGroups(t, { ...elsewhere, health: signedOut.health }, RECORDED_AT);
    expect(others.flatMap((group) => group.lines.map(({ goesTo }) => goesTo))).toEqual([null, null, null]);
  });

  it('counts them, and their room in the footer', () => {
    expect(copiesHeading(t, view.home)).toBe('In this browser: 5 copies, 566 MB');
    expect(copiesHeading(t, viewOf('home-failed-no-room').home)).toBe('In this browser: 1 copy, 152 MB');
    expect(footerWords(t, view)).toMatchObject({
      left: 'Nothing runs before you click',
      right: '566 MB of 12 GB',
    });
    expect(footerWords(t, viewOf('home-moving')).right).toBe('3 whole, 457 MB');
    expect(footerWords(t, { ...view, home: { ...view.home, space: null } }).right).toBe('');
  });
});

describe('copies that earlier runs left', () => {
  const view = keepingStates['keeping-shelf'];
  if (view === undefined) throw new Error('not recorded');

  it('stand by themselves, with the room they take', () => {
    const earlier = earlierCopies(t, view, RECORDED_AT);
    expect(earlier?.heading).toBe('From earlier runs: 3 copies, 457 MB');
    expect(earlier?.lines.map(({ id }) => id)).toEqual(['old-600', 'old-500', 'old-200']);
    expect(copyLines(t, view, RECORDED_AT).map(({ id }) => id)).toEqual(['copy-400', 'copy-300']);
    expect(copiesHeading(t, view.home), 'all of them').toBe('In this browser: 5 copies, 762 MB');
    expect(earlierCopies(t, viewOf('home-copies'), RECORDED_AT)).toBeNull();
  });
});

describe('copies of other notebooks', () => {
  it('stand under the names of theirs, and say where they would go', () => {
    expect(othersHeading(t, elsewhere.home)).toBe('Other copies in this browser: 3, 366 MB');
    const groups = otherCopyGroups(t, elsewhere, RECORDED_AT);
    expect(groups.map(({ name, lines }) => [name, lines.map(({ goesTo }) => goesTo)])).toEqual([
      ['gemma_lora.ipynb', ['Put back, it goes into outputs/checkpoint-400', null]],
      ['whisper-small-german.ipynb', ['Put back, it goes into outputs/checkpoint-9000']],
    ]);
  });

  it('are put back where they said, for the notebook that is shown', () => {
    const [line] = otherCopyGroups(t, elsewhere, RECORDED_AT)[0]?.lines ?? [];
    const about = { notebookId: 'recorded', copyId: 'other-400' };
    expect(line?.restore?.action).toEqual({
      kind: 'restore-copy',
      folder: 'outputs/checkpoint-400',
      ...about,
    });
    expect(line?.download?.action).toEqual({ kind: 'zip-copy', ...about });
    expect(line?.remove.action).toEqual({ kind: 'remove-copy', ...about });
  });
});
