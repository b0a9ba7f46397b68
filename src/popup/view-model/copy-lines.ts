import type { CopyView, HomeView } from '../../protocol/home-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { plural } from './plural.ts';
import { spokenAgo, spokenLoss, spokenSize } from './quantities.ts';
import { copiesUnderWay, filesMayAnswer } from './takeable.ts';

/** A copy in this browser, in words. */
export interface CopyLine {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly size: string;
  readonly details: string;
  readonly dot: 'complete' | 'broken' | 'writing';
  /** It is being put into a zip or back on the server. */
  readonly underWay: boolean;
  readonly download: RowButton | null;
  readonly restore: RowButton | null;
  readonly remove: RowButton;
}

const STATE = {
  verified: { key: 'checked_verified', dot: 'complete' },
  'size-checked': { key: 'checked_size', dot: 'complete' },
  unfinished: { key: 'copy_unfinished', dot: 'writing' },
  damaged: { key: 'copy_damaged', dot: 'broken' },
} as const satisfies Record<CopyView['state'], { key: MessageKey; dot: CopyLine['dot'] }>;

const detailsOf = (t: Translate, copy: CopyView, now: number): string =>
  [
    copy.step === null || copy.name.endsWith(String(copy.step)) ? null : t('copy_step', [String(copy.step)]),
    copy.loss === null ? null : t('checkpoint_loss', [spokenLoss(t, copy.loss)]),
    t(STATE[copy.state].key),
    copy.extent === 'inference' ? t('copy_no_optimizer') : null,
    t('copy_kept', [spokenAgo(t, copy.keptAt, now)]),
  ]
    .filter((part) => part !== null)
    .join(' · ');

/** Every copy of a notebook, newest first. */
export const copyLines = (t: Translate, view: NotebookView, now: number): readonly CopyLine[] => {
  const underWay = copiesUnderWay(view.home.jobs);
  return view.home.copies.map((copy) => {
    const { notebookId } = view;
    const name = shortName(copy.name);
    const isWhole = STATE[copy.state].dot === 'complete';
    const about = { notebookId, copyId: copy.id } as const;
    const button = (label: string, action: RowButton['action']): RowButton => ({
      label,
      spokenLabel: t('button_label', [label, name]),
      action,
    });
    return {
      id: copy.id,
      name,
      fullName: longName(copy.name),
      size: spokenSize(t, copy.sizeBytes),
      details: detailsOf(t, copy, now),
      dot: STATE[copy.state].dot,
      underWay: underWay.has(copy.name),
      download: isWhole
        ? {
            label: t('download_button'),
            spokenLabel: t('copy_download_label', [name]),
            action: { kind: 'zip-copy', ...about },
          }
        : null,
      restore:
        isWhole && filesMayAnswer(view)
          ? button(t('copy_restore'), { kind: 'restore-copy', ...about })
          : null,
      remove: button(t('copy_remove'), { kind: 'remove-copy', ...about }),
    };
  });
};

/** "In this browser: 3 copies, 456 MB". */
export const copiesHeading = (t: Translate, { copies }: HomeView): string => {
  const bytes = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return plural(t, 'copies_open', copies.length, [String(copies.length), spokenSize(t, bytes)]);
};
