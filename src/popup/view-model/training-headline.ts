import type { ConnectionView, PlanView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';
import { placeWords, safeWords } from './place-words.ts';
import { savesNothing } from '../../core/run/plan/save-plan.ts';
import { spokenAgo, spokenTime } from './quantities.ts';
import type { Headline } from './tone.ts';
import { workAtRisk } from './work-at-risk.ts';

const whatIsLost = (t: Translate, run: RunView): string => {
  if (run.stepsAtRisk === 0 && run.unit === 'steps') return t('training_lose_nothing');
  const work = workAtRisk(t, run);
  if (work !== null) return t('training_lose', [work]);
  if (run.safeName !== null) return t('training_lose_since');
  return run.saves !== 'unknown' ? t('training_lose_everything') : t('training_lose_unknown');
};

/** Nothing will be saved before the last step: Transformers saves there even when the interval is longer than the run. */
const savesOnlyAtTheEnd = (run: RunView): boolean =>
  run.saves === 'seen' && run.nextSave !== null && run.nextSave === run.total;

/** A save that is there, whole or not, was the first. */
const firstSave = (t: Translate, run: RunView): readonly string[] =>
  run.nextSave === null || run.saves === 'checking' || run.saves === 'none-whole'
    ? []
    : [t('training_first_save', [String(run.nextSave)])];

const UNSAVED = {
  seen: 'training_unsaved_heading',
  'none-whole': 'training_none_whole_heading',
  checking: 'training_checking_heading',
  unknown: 'training_saves_unknown_heading',
} as const;

/** The code switches saves off, or leaves them off, and nothing that was seen says otherwise. */
const willSaveNothing = (run: RunView, plan: PlanView | null): boolean =>
  plan !== null && savesNothing(plan) && (run.saves === 'seen' || run.saves === 'unknown');

const nothingSaved = (t: Translate, run: RunView, plan: PlanView | null): Headline => {
  if (willSaveNothing(run, plan))
    return { tone: 'risk', heading: t('plan_no_heading'), text: whatIsLost(t, run) };
  if (savesOnlyAtTheEnd(run)) {
    const text = t('training_never_text', [String(run.total)]);
    return { tone: 'risk', heading: t('plan_never_heading'), text };
  }
  if (run.step === null) {
    const text = [t('training_unknown_text'), ...firstSave(t, run)].join(' ');
    return { tone: 'plain', heading: t('training_unknown_heading'), text };
  }
  // "Lost if it stops now: …" carries no full stop of its own, so it stands last.
  return {
    tone: 'risk',
    heading: t(UNSAVED[run.saves]),
    text: [...firstSave(t, run), whatIsLost(t, run)].join(' '),
  };
};

const connectedHeadline = (t: Translate, run: RunView, plan: PlanView | null): Headline =>
  run.safeName === null
    ? nothingSaved(t, run, plan)
    : { tone: 'safe', heading: safeHeading(t, run, run.safeName), text: whatIsLost(t, run) };

const safeHeading = (t: Translate, run: RunView, name: string): string =>
  run.safeStep === null
    ? t('training_safe_name_heading', [shortName(name)])
    : t('training_safe_heading', [placeWords(t, run, run.safeStep)]);

/** The newest checkpoint that was seen whole, which may be gone by now. */
export const lastWhole = (t: Translate, run: RunView): string => {
  const safe = safeWords(t, run);
  return safe === null ? t('unreachable_unsaved') : t('unreachable_safe', [safe]);
};

/** The heading while a run goes on, or is thought to. */
export const trainingHeadline = (
  t: Translate,
  run: RunView,
  connection: ConnectionView,
  now: number,
  plan: PlanView | null = null,
): Headline => {
  if (run.proof?.kind === 'from-zero')
    return {
      tone: 'lost',
      heading: t('training_from_zero_heading'),
      text: t(run.unit === 'steps' ? 'training_from_zero_text' : 'training_from_zero_epochs_text', [
        placeWords(t, run, run.proof.fromStep),
      ]),
    };
  const connected = connectedHeadline(t, run, plan);
  switch (connection.kind) {
    case 'connected':
      return connected;
    case 'offline':
      return { ...connected, text: t('offline_text', [spokenAgo(t, connection.since, now)]) };
    case 'notebook-disconnected':
      return {
        ...connected,
        text: t('notebook_disconnected_text', [spokenAgo(t, connection.since, now)]),
      };
    case 'page-away':
      return { ...connected, text: t('page_away_text', [spokenAgo(t, connection.since, now)]) };
    case 'person-wanted':
      return {
        tone: 'risk',
        heading: t('person_wanted_heading'),
        text: `${t('person_wanted_text')} ${lastWhole(t, run)}`,
      };
    case 'runtime-disconnected': {
      const text = `${t('disconnected_text', [spokenAgo(t, connection.since, now)])} ${lastWhole(t, run)}`;
      return { tone: 'risk', heading: t('disconnected_heading'), text };
    }
    case 'server-unreachable': {
      const safe = lastWhole(t, run);
      const text = `${t('unreachable_text', [spokenTime(t, (now - connection.since) / 1000)])} ${safe}`;
      return { tone: 'risk', heading: t('unreachable_heading'), text };
    }
    default:
      return connection satisfies never;
  }
};
