import type { ConnectionView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { spokenAgo, spokenLoss, spokenSpeed, spokenTime } from './quantities.ts';

/** The line of numbers; `strong` parts are the values, the others the words around them. */
export interface NowLine {
  readonly left: readonly NowPart[];
  readonly right: readonly NowPart[];
}
export interface NowPart {
  readonly text: string;
  readonly strong: boolean;
}

const word = (text: string): NowPart => ({ text, strong: false });
const value = (text: string): NowPart => ({ text, strong: true });
const SEPARATOR = word('·');

const stepParts = (t: Translate, run: RunView): readonly NowPart[] => {
  if (run.step === null) return [word(t('now_waiting'))];
  const atLeast = run.stepSource === 'folder' ? [word(t('now_at_least'))] : [];
  const step = value(String(run.step));
  if (run.unit === 'epochs') {
    const total = run.total === null ? [] : [word(t('now_of_total', [String(run.total)]))];
    return [...atLeast, word(t('now_epoch')), step, ...total];
  }
  return run.total === null
    ? [...atLeast, word(t('now_step')), step]
    : [...atLeast, step, word(t('now_of_total', [String(run.total)]))];
};

/** Old news is marked as such: when the page is not heard, or when a step takes far longer than the others. */
const isOldNews = (run: RunView, connection: ConnectionView, now: number): boolean => {
  if (run.stepSeenAt === null) return false;
  if (connection.kind !== 'connected' && connection.kind !== 'person-wanted') return true;
  return now - run.stepSeenAt > Math.max(30, 5 * (run.secondsPerStep ?? 0)) * 1000;
};

/**
 * Step, loss, speed and time left while training.
 * @param readAt when the view was computed; the time left counts down from there.
 */
export const nowLine = (
  t: Translate,
  run: RunView,
  connection: ConnectionView,
  readAt: number,
  now: number,
): NowLine => {
  const loss = run.loss === null ? [] : [SEPARATOR, word(t('now_loss')), value(spokenLoss(t, run.loss))];
  const left = [...stepParts(t, run), ...loss];
  if (run.stepSeenAt !== null && isOldNews(run, connection, now))
    return { left, right: [word(t('now_seen', [spokenAgo(t, run.stepSeenAt, now)]))] };
  const speed = run.secondsPerStep === null ? [] : [word(spokenSpeed(t, run.secondsPerStep, run.unit))];
  if (run.secondsLeft === null) return { left, right: speed };
  const secondsLeft = Math.max(0, run.secondsLeft - Math.max(0, now - readAt) / 1000);
  const remaining = [value(spokenTime(t, secondsLeft)), word(t('now_left'))];
  return { left, right: speed.length === 0 ? remaining : [...speed, SEPARATOR, ...remaining] };
};
