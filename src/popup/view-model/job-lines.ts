import type { Checked, HomeView, JobState, JobView, Progress } from '../../protocol/home-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { failureSentence } from './failure-words.ts';
import { jobButtons } from './job-buttons.ts';
import { jobFailureWords } from './job-failure-words.ts';
import { namesPhrase } from './names-phrase.ts';
import { spokenSize, spokenTime } from './quantities.ts';

/** A job in words, in the places it keeps through all its states. */
export interface JobLine {
  readonly id: string;
  readonly look: 'under-way' | 'resting' | 'done' | 'failed';
  readonly heading: string;
  /** All its names, for a tooltip. */
  readonly fullHeading: string;
  /** Share that is there, 0 to 1; `null`: no bar. */
  readonly share: number | null;
  /** Beside the buttons: how much of it is there and how fast, or what became of it. */
  readonly status: string;
  /** Under them; two lines of the page at most while it is under way. */
  readonly lines: readonly string[];
  readonly buttons: readonly RowButton[];
}

type Words = Pick<JobLine, 'look' | 'heading' | 'share' | 'status' | 'lines'>;

const UNDER_WAY = {
  zip: 'job_zip',
  browser: 'job_browser',
  server: 'job_server',
} as const satisfies Record<JobView['to'], MessageKey>;

export const CHECKED = {
  verified: 'checked_verified',
  'size-checked': 'checked_size',
} as const satisfies Record<Checked, MessageKey>;

const CHECKED_NOTE = {
  verified: 'job_verified_note',
  'size-checked': 'job_size_checked_note',
} as const satisfies Record<Checked, MessageKey>;

const joined = (parts: readonly (string | null)[], by: string): string =>
  parts.filter((part) => part !== null).join(by);

const amountOf = (t: Translate, { doneBytes, totalBytes }: Progress): string => {
  const done = doneBytes === 0 ? t('unit_megabytes', ['0']) : spokenSize(t, doneBytes);
  return t('job_amount', [done, spokenSize(t, totalBytes)]);
};

const shareOf = ({ doneBytes, totalBytes }: Progress): number =>
  totalBytes <= 0 ? 0 : Math.min(1, Math.max(0, doneBytes / totalBytes));

const rateOf = (t: Translate, { bytesPerSecond }: Progress): string =>
  bytesPerSecond === null ? t('job_starting') : t('unit_per_second', [spokenSize(t, bytesPerSecond)]);

const timeLeft = (t: Translate, { secondsLeft }: Progress): readonly string[] =>
  secondsLeft === null ? [] : [t('job_left', [spokenTime(t, secondsLeft)])];

const nextTry = (t: Translate, nextAt: number, now: number): string => {
  const seconds = (nextAt - now) / 1000;
  return seconds < 1 ? t('job_next_try_now') : t('job_next_try', [spokenTime(t, seconds)]);
};

type UnderWay = Exclude<JobState, { kind: 'done' | 'failed' }>;

const statusOf = (t: Translate, state: UnderWay, now: number): Pick<Words, 'status' | 'lines'> => {
  switch (state.kind) {
    case 'waiting':
      return { status: t('job_waiting'), lines: [t('job_goes_on')] };
    case 'moving':
      return {
        status: joined([amountOf(t, state), rateOf(t, state)], ' · '),
        lines: [...timeLeft(t, state), t('job_goes_on')],
      };
    case 'trying-again':
      return {
        status: amountOf(t, state),
        // One sentence after the other: the second can be long.
        lines: [joined([nextTry(t, state.nextAt, now), failureSentence(t, state.why)], ' ')],
      };
    case 'paused':
      return { status: amountOf(t, state), lines: [t('job_paused'), t('job_stays')] };
    case 'saving':
      return { status: t('job_saving'), lines: [...timeLeft(t, state), t('job_saving_note')] };
    default:
      return state satisfies never;
  }
};

const doneHeading = (
  t: Translate,
  { to, names }: JobView,
  { fileName, sizeBytes, checked }: Extract<JobState, { kind: 'done' }>,
): string => {
  const about = [spokenSize(t, sizeBytes), t(CHECKED[checked])];
  if (fileName !== null) return t('job_saved', [shortName(fileName), ...about]);
  return t(to === 'server' ? 'job_put_back' : 'job_kept', [namesPhrase(t, names), ...about]);
};

/** Where to find what had to make room. */
const asideLines = (t: Translate, { asideAs }: Extract<JobState, { kind: 'done' }>): readonly string[] =>
  asideAs === undefined || asideAs === null ? [] : [t('job_moved_aside', [longName(asideAs)])];

/** Copies of the job's names that are whole: they outlive its failure. */
const wholeHere = (t: Translate, { names }: JobView, { copies }: HomeView): string | null => {
  const whole = new Set(
    copies.filter(({ state }) => state === 'verified' || state === 'size-checked').map(({ name }) => name),
  );
  const here = names.filter((name) => whole.has(name));
  return here.length === 0 ? null : t('job_whole_here', [namesPhrase(t, here)]);
};

const wordsOf = (t: Translate, job: JobView, home: HomeView, now: number): Words => {
  const { state } = job;
  if (state.kind === 'done') {
    const withoutOptimizer = job.extent === 'inference' ? t('job_no_optimizer') : null;
    return {
      look: 'done',
      heading: doneHeading(t, job, state),
      share: 1,
      status: joined([withoutOptimizer, t(CHECKED_NOTE[state.checked])], ' '),
      lines: asideLines(t, state),
    };
  }
  if (state.kind === 'failed') {
    const { heading, after } = jobFailureWords(t, job, state.why);
    const status = joined([after, wholeHere(t, job, home)], ' ');
    return { look: 'failed', heading, share: null, status, lines: [] };
  }
  const what = t(UNDER_WAY[job.to], [namesPhrase(t, job.names)]);
  return {
    look: state.kind === 'moving' || state.kind === 'saving' ? 'under-way' : 'resting',
    heading: job.extent === 'inference' ? t('job_inference', [what]) : what,
    share: state.kind === 'waiting' ? 0 : shareOf(state),
    ...statusOf(t, state, now),
  };
};

const NAMED_IN_TOOLTIP = 20;

/** Every job of a notebook, newest first. */
export const jobLines = (t: Translate, notebookId: string, home: HomeView, now: number): readonly JobLine[] =>
  home.jobs.map((job) => ({
    id: job.id,
    ...wordsOf(t, job, home, now),
    fullHeading: job.names.slice(0, NAMED_IN_TOOLTIP).map(longName).join(', '),
    buttons: jobButtons(t, notebookId, job),
  }));
