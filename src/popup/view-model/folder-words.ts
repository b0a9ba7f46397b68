import type { HomeView } from '../../protocol/home-view.ts';
import type { FolderView, NotebookView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { longName, shortPath } from '../../core/plain-text.ts';
import { plural } from './plural.ts';
import { spokenSize } from './quantities.ts';

const WATCHING = {
  source: 'folder_watching',
  log: 'folder_watching_log',
  user: 'folder_watching_user',
  growth: 'folder_watching_growth',
} as const;

/** Which folder is watched, and on whose word; after the run nobody watches it any more. */
const folderSentence = (t: Translate, folder: FolderView, isWatched: boolean): string => {
  switch (folder.kind) {
    case 'watching':
      return t(isWatched ? WATCHING[folder.from] : 'folder_seen', [shortPath(folder.path)]);
    case 'not-there-yet':
      return t('folder_not_there_yet', [shortPath(folder.path)]);
    case 'outside-server':
      return t('folder_outside', [shortPath(folder.path)]);
    case 'unknown':
      return t('folder_unknown');
    default:
      return folder satisfies never;
  }
};

/** Why the user is asked for the folder, or `null` when it is known. */
export const folderQuestion = (t: Translate, folder: FolderView): string | null => {
  switch (folder.kind) {
    case 'watching':
    case 'not-there-yet':
      return null;
    case 'outside-server':
      return t('folder_ask_outside');
    case 'unknown':
      return t('folder_ask_unknown');
    default:
      return folder satisfies never;
  }
};

const wholeSize = (t: Translate, run: RunView): string => {
  const whole = run.checkpoints.filter(({ gone, integrity }) => !gone && integrity.kind === 'complete');
  if (whole.length === 0) return '';
  const bytes = whole.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return plural(t, 'footer_whole_size', whole.length, [String(whole.length), spokenSize(t, bytes)]);
};

/** The footer: left where it is read, right how much there is. */
export interface FooterWords {
  readonly left: string;
  readonly leftTitle: string | null;
  readonly right: string;
  readonly rightTitle: string | null;
}

/** With copies in this browser, the room they take; it is the room of all notebooks. */
const spaceOf = (
  t: Translate,
  { copies, space }: HomeView,
): Pick<FooterWords, 'right' | 'rightTitle'> | null =>
  copies.length === 0 || space === null
    ? null
    : {
        right: t('footer_space', [spokenSize(t, space.usedBytes), spokenSize(t, space.mostBytes)]),
        rightTitle: t('footer_space_title'),
      };

export const footerWords = (t: Translate, { state, settings, home }: NotebookView): FooterWords => {
  const space = spaceOf(t, home);
  if (state.kind === 'idle')
    return {
      left: t(settings.runAfterReconnect ? 'footer_idle_auto' : 'footer_idle'),
      leftTitle: null,
      ...(space ?? { right: '', rightTitle: null }),
    };
  const { folder } = state.run;
  return {
    left: folderSentence(t, folder, state.kind === 'training'),
    leftTitle: folder.kind === 'unknown' ? null : longName(folder.path),
    ...(space ?? { right: wholeSize(t, state.run), rightTitle: null }),
  };
};
