import type { SaveTrouble, SaveWish } from '../../core/reach/asked-save.ts';
import { plainText } from '../../core/plain-text.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { NotebookView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import type { ActionButton } from './action-button.ts';
import { spokenSize, spokenTime } from './quantities.ts';

const TROUBLE = {
  'nothing-trains': 'save_trouble_nothing_trains',
  distributed: 'save_trouble_distributed',
  'other-process': 'save_trouble_other_process',
  'cannot-stop': 'save_trouble_cannot_stop',
  'disk-full': 'save_trouble_disk_full',
  'not-written': 'save_trouble_not_written',
  interrupted: 'save_trouble_interrupted',
  'training-ended': 'save_trouble_training_ended',
  'taken-back': 'save_trouble_taken_back',
  'too-old': 'save_trouble_too_old',
  'no-model': 'save_trouble_no_model',
  raised: 'save_trouble_raised',
  'no-door': 'save_trouble_no_door',
  'kernel-gone': 'save_trouble_kernel_gone',
  'kernel-unnamed': 'save_trouble_kernel_unnamed',
  'not-allowed': 'save_trouble_not_allowed',
  'no-socket': 'save_trouble_no_socket',
  'no-answer': 'save_trouble_no_answer',
  timeout: 'save_trouble_timeout',
  'not-understood': 'save_trouble_not_understood',
} as const satisfies Record<SaveTrouble, MessageKey>;

/** What became of the wish, in one line. */
export interface SaveLine {
  readonly text: string;
  readonly tone: 'waiting' | 'good' | 'trouble';
}

const troubleWords = (t: Translate, code: SaveTrouble, message: string): string =>
  code === 'raised' ? t('save_trouble_raised', [plainText(message, 200)]) : t(TROUBLE[code]);

/** Only while it trains: what was asked of a run that is over is told by the run itself. */
const isTraining = ({ state }: NotebookView): boolean => state.kind === 'training';

/** @param now Milliseconds since the epoch. */
export const saveLine = (t: Translate, view: NotebookView, now: number): SaveLine | null => {
  if (!isTraining(view)) return null;
  const { phase } = view.saves;
  switch (phase.kind) {
    case 'none':
    case 'consent':
      return null;
    case 'asking':
      return { text: t('save_asking'), tone: 'waiting' };
    case 'pending':
      return { text: t('save_pending', [spokenTime(t, (now - phase.since) / 1000)]), tone: 'waiting' };
    case 'saved':
      return {
        text: t(phase.stop ? 'save_done_stops' : 'save_done', [
          String(phase.step),
          spokenSize(t, phase.sizeBytes),
          spokenTime(t, Math.max(1, phase.tookMs / 1000)),
        ]),
        tone: 'good',
      };
    case 'failed':
      return { text: troubleWords(t, phase.code, phase.message), tone: 'trouble' };
    default:
      return phase satisfies never;
  }
};

const isUnderWay = ({ saves: { phase } }: NotebookView): boolean =>
  phase.kind === 'asking' || phase.kind === 'pending';

/** The button while a run trains: the right next thing where nothing of it is safe yet, and where its end may be near. */
export const saveNowButton = (t: Translate, view: NotebookView, run: RunView): ActionButton | null => {
  if (view.saves.phase.kind === 'consent') return null;
  return {
    label: t('save_now_button'),
    small: t('save_now_small'),
    action: { kind: 'save-now', notebookId: view.notebookId, stop: false },
    ...(run.safeName === null || view.memory !== null ? {} : { look: 'quiet' as const }),
    ...(isUnderWay(view) ? { resting: true as const } : {}),
  };
};

/** What the user is about to say yes to. */
export const consentWords = (
  t: Translate,
  wish: SaveWish,
): { readonly yes: string; readonly what: string } => {
  if (wish.kind === 'every')
    return { yes: t('save_consent_yes_every', [String(wish.steps)]), what: t('save_consent_every') };
  return wish.stop
    ? { yes: t('save_consent_yes_stop'), what: t('save_consent_stop') }
    : { yes: t('save_consent_yes'), what: t('save_consent_once') };
};
