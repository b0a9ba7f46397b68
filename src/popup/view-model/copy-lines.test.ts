import { describe, expect, it } from 'vitest';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { homeStates } from '../recorded-home.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { copiesHeading, copyLines } from './copy-lines.ts';
import { footerWords } from './folder-words.ts';

const viewOf = (name: string): NotebookView => {
  const view = homeStates[name];
  if (view === undefined) throw new Error(`${name} is not recorded`);
  return view;
};

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

  it('puts nothing back where the server takes nothing', () => {
    const signedOut = { ...view, health: { ...view.health, files: 'signed-out' as const } };
    expect(copyLines(t, signedOut, RECORDED_AT).every(({ restore }) => restore === null)).toBe(true);
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
