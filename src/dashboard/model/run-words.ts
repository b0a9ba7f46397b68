import { shortName } from '../../core/plain-text.ts';
import { endOf, type HistoryRun } from '../../core/history/history-run.ts';
import type { LossCause } from '../../core/recovery/diagnosis.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Ending } from '../../run-line/run-line-geometry.ts';
import type { Translate } from '../../popup/translate.ts';
import { placeWords } from '../../popup/view-model/place-words.ts';
import { spokenTime } from '../../popup/view-model/quantities.ts';

/** The tone of how a run stands, for its colour; the word beside it says the same. */
export type RunTone = 'go' | 'safe' | 'risk' | 'lost';

export interface RunWords {
  /** The notebook, and when it began: two runs of one notebook are told apart by it. */
  readonly title: string;
  readonly ending: string;
  readonly tone: RunTone;
  /** How long it was under way, and how far it came. */
  readonly extent: string;
  /** The run before it, where it went on from one. */
  readonly before: string | null;
}

const CAUSES = {
  'kernel-died': 'tag_kernel_died',
  'kernel-restarted': 'tag_kernel_restarted',
  'kernel-shut-down': 'tag_kernel_shut_down',
  'server-stopped': 'tag_server_stopped',
  'server-restarted': 'tag_server_restarted',
  'machine-replaced': 'tag_machine_replaced',
  'gone-while-away': 'tag_gone',
} as const satisfies Record<LossCause, MessageKey>;

/** `isLive`: the background says that it trains; `null`: it has not answered. */
export const runWords = (t: Translate, run: HistoryRun, isLive: boolean | null): RunWords => {
  const [ending, tone] = endingOf(t, run, isLive);
  return { title: titleOf(t, run), ending, tone, extent: extentOf(t, run), before: beforeOf(t, run) };
};

export const titleOf = (t: Translate, { notebookName, startedAt }: HistoryRun): string =>
  t('dashboard_run_title', [shortName(notebookName), momentOf(t, startedAt)]);

export const momentOf = (t: Translate, at: number): string =>
  new Intl.DateTimeFormat(t('ui_locale'), { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

const endingOf = (
  t: Translate,
  { phase }: HistoryRun,
  isLive: boolean | null,
): readonly [string, RunTone] => {
  switch (phase.kind) {
    case 'training':
      // Nobody heard its end: the browser was closed, or the notebook trained something else since.
      return isLive === false ? [t('dashboard_end_unknown'), 'risk'] : [t('tag_training'), 'go'];
    case 'finished':
      return [t('tag_finished'), 'safe'];
    case 'stopped':
      return phase.reason.kind === 'interrupted'
        ? [t('tag_interrupted'), 'risk']
        : [t('dashboard_error', [shortName(phase.reason.name)]), 'lost'];
    case 'lost':
      return [t(CAUSES[phase.cause]), 'lost'];
    default:
      return phase satisfies never;
  }
};

const extentOf = (t: Translate, run: HistoryRun): string => {
  const seconds = ((endOf(run) ?? run.seenAt) - run.startedAt) / 1000;
  const time = spokenTime(t, seconds);
  if (run.step === null) return time;
  const place = placeWords(t, run, run.step);
  return run.total === null
    ? t('dashboard_extent', [place, time])
    : t('dashboard_extent_of', [place, String(run.total), time]);
};

const beforeOf = (t: Translate, { before, unit }: HistoryRun): string | null => {
  if (before === null) return null;
  if (before.step !== null) return t('dashboard_resumed', [placeWords(t, { unit }, before.step)]);
  return before.name === null ? null : t('dashboard_resumed', [shortName(before.name)]);
};

/** How its line is drawn. */
export const lineEnding = ({ phase }: HistoryRun, isLive: boolean | null): Ending => {
  if (phase.kind === 'training') return { kind: isLive === false ? 'stopped' : 'now' };
  return { kind: phase.kind === 'finished' ? 'finished' : 'stopped' };
};
