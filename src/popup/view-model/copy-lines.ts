import type { CopyView, HomeView } from '../../protocol/home-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { longName, plainText, shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { plural } from './plural.ts';
import { spokenAgo, spokenLoss, spokenSize } from './quantities.ts';
import { filesMayAnswer, isUnderWay } from './takeable.ts';

/** A copy in this browser, in words. */
export interface CopyLine {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly size: string;
  readonly details: string;
  /** Where it would be put back, if that is not where it came from. */
  readonly goesTo: string | null;
  readonly dot: 'complete' | 'broken' | 'writing';
  /** It is being finished, put into a zip or back on the server. */
  readonly underWay: boolean;
  readonly download: RowButton | null;
  readonly restore: RowButton | null;
  /** Makes one whole that was not. */
  readonly goOn: RowButton | null;
  readonly remove: RowButton;
}

const STATE = {
  verified: { key: 'checked_verified', dot: 'complete' },
  'size-checked': { key: 'checked_size', dot: 'complete' },
  unfinished: { key: 'copy_unfinished', dot: 'writing' },
  damaged: { key: 'copy_damaged', dot: 'broken' },
} as const satisfies Record<CopyView['state'], { key: MessageKey; dot: CopyLine['dot'] }>;

const numbersIn = (name: string): readonly number[] =>
  [...name.matchAll(/\d+/g)].map(([digits]) => Number(digits));

const detailsOf = (t: Translate, copy: CopyView, now: number): string =>
  [
    copy.step === null || numbersIn(copy.name).includes(copy.step)
      ? null
      : t('copy_step', [String(copy.step)]),
    copy.loss === null ? null : t('checkpoint_loss', [spokenLoss(t, copy.loss)]),
    t(STATE[copy.state].key),
    copy.extent === 'inference' ? t('copy_no_optimizer') : null,
    t('copy_kept', [spokenAgo(t, copy.keptAt, now)]),
  ]
    .filter((part) => part !== null)
    .join(' · ');

const LONGEST_PATH = 100;

/** @param folder Where it would be put back; `null`: where it came from. */
const lineOf = (
  t: Translate,
  view: NotebookView,
  copy: CopyView,
  folder: string | null,
  now: number,
): CopyLine => {
  const { notebookId } = view;
  const name = shortName(copy.name);
  const isWhole = STATE[copy.state].dot === 'complete';
  const about = { notebookId, copyId: copy.id } as const;
  const button = (label: string, action: RowButton['action']): RowButton => ({
    label,
    spokenLabel: t('button_label', [label, name]),
    action,
  });
  const canGoBack = isWhole && filesMayAnswer(view);
  return {
    id: copy.id,
    name,
    fullName: longName(copy.name),
    size: spokenSize(t, copy.sizeBytes),
    details: detailsOf(t, copy, now),
    goesTo: !canGoBack || folder === null ? null : t('copy_goes_to', [plainText(folder, LONGEST_PATH)]),
    dot: STATE[copy.state].dot,
    underWay: isUnderWay(view.home.jobs, copy, folder === null),
    download: isWhole
      ? {
          label: t('download_button'),
          spokenLabel: t('copy_download_label', [name]),
          action: { kind: 'zip-copy', ...about },
        }
      : null,
    restore: canGoBack ? button(t('copy_restore'), { kind: 'restore-copy', ...about, folder }) : null,
    goOn: copy.canGoOn ? button(t('copy_go_on'), { kind: 'finish-copy', ...about }) : null,
    remove: button(t('copy_remove'), { kind: 'remove-copy', ...about }),
  };
};

/** The copies of the notebook, newest first, but for those of earlier runs. */
export const copyLines = (t: Translate, view: NotebookView, now: number): readonly CopyLine[] =>
  view.home.copies
    .filter(({ isEarlier }) => isEarlier !== true)
    .map((copy) => lineOf(t, view, copy, null, now));

/** What earlier runs left: it stays until the user removes it. */
export interface EarlierCopies {
  /** "From earlier runs: 4 copies, 609 MB". */
  readonly heading: string;
  readonly lines: readonly CopyLine[];
  /** Those that nothing is done with at the moment. */
  readonly removable: readonly CopyLine[];
}

/** `null`: there are none. */
export const earlierCopies = (t: Translate, view: NotebookView, now: number): EarlierCopies | null => {
  const copies = view.home.copies.filter(({ isEarlier }) => isEarlier === true);
  if (copies.length === 0) return null;
  const lines = copies.map((copy) => lineOf(t, view, copy, null, now));
  return {
    heading: plural(t, 'copies_earlier', copies.length, [
      String(copies.length),
      spokenSize(t, sizeOf(copies)),
    ]),
    lines,
    removable: lines.filter(({ underWay }) => !underWay),
  };
};

/** The copies of another notebook. */
export interface CopyGroup {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly lines: readonly CopyLine[];
}

/** Copies that are another notebook's, or this one's at another address. */
export const otherCopyGroups = (t: Translate, view: NotebookView, now: number): readonly CopyGroup[] =>
  view.home.others.map(({ notebookId, notebookName, copies }) => ({
    id: notebookId,
    name: shortName(notebookName),
    fullName: longName(notebookName),
    lines: copies.map((copy) => lineOf(t, view, copy, copy.folder, now)),
  }));

const sizeOf = (copies: readonly CopyView[]): number =>
  copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** "Other copies in this browser: 3, 456 MB". */
export const othersHeading = (t: Translate, { others }: HomeView): string => {
  const copies = others.flatMap((group) => group.copies);
  return t('copies_others', [String(copies.length), spokenSize(t, sizeOf(copies))]);
};

/** "In this browser: 3 copies, 456 MB". */
export const copiesHeading = (t: Translate, { copies }: HomeView): string => {
  const size = spokenSize(t, sizeOf(copies));
  return plural(t, 'copies_open', copies.length, [String(copies.length), size]);
};
