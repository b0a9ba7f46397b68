import { isDiskInDoubt, isDiskNew } from '../../core/recovery/diagnosis.ts';
import type { LossView, ResumeView, RunView } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { balance, sentences } from './ended-headline.ts';
import { placeWords, safeWords } from './place-words.ts';
import { spokenAgo } from './quantities.ts';
import type { Headline } from './tone.ts';
import { lastWhole } from './training-headline.ts';

const HAPPENED = {
  'kernel-died': 'lost_kernel_died',
  'kernel-restarted': 'lost_kernel_restarted',
  'kernel-shut-down': 'lost_kernel_shut_down',
  'server-stopped': 'lost_server_stopped',
  'server-restarted': 'lost_server_restarted',
  'machine-replaced': 'lost_machine_replaced',
  'gone-while-away': 'lost_gone_while_away',
} as const satisfies Record<LossView['cause'], MessageKey>;

/** How the disk came through, where that is a question. */
const diskSentence = ({ cause, disk }: LossView): MessageKey => {
  switch (disk) {
    case 'kept':
      return cause === 'machine-replaced' ? 'lost_folder_kept' : 'lost_disk_kept';
    case 'empty':
      return cause === 'server-stopped' ? 'lost_disk_not_kept' : 'lost_disk_went';
    case 'unknown':
      return cause === 'server-stopped' ? 'lost_disk_normally_stays' : 'lost_disk_in_doubt';
    default:
      return disk satisfies never;
  }
};

/** What survived. Of a disk that nobody has looked at since, nothing is called safe. */
const survived = (t: Translate, run: RunView, loss: LossView, resume: ResumeView): string => {
  if (!isDiskInDoubt(loss.cause)) return balance(t, run, resume, isDiskNew(loss));
  const disk = t(diskSentence(loss));
  return sentences([
    disk,
    loss.disk === 'unknown' ? lastWhole(t, run) : balance(t, run, resume, isDiskNew(loss)),
  ]);
};

/** The right next thing, where no button is it. */
const next = (t: Translate, { cause, kernel }: LossView): string | null => {
  if (kernel === 'back') return null;
  return t(cause === 'server-stopped' ? 'lost_start_server' : 'lost_kernel_away');
};

const isSeenToTheEnd = (cause: LossView['cause']): boolean =>
  cause !== 'gone-while-away' && !isDiskInDoubt(cause);

const headingOf = (t: Translate, run: RunView, { cause }: LossView): string => {
  const { step } = run;
  const seenToTheEnd = isSeenToTheEnd(cause);
  if (step === null) return t(seenToTheEnd ? 'stopped_heading_no_step' : 'gone_heading_no_step');
  return t(seenToTheEnd ? 'stopped_heading' : 'gone_heading', [placeWords(t, run, step)]);
};

const safeSentence = (t: Translate, run: RunView): string | null => {
  const safe = safeWords(t, run);
  return safe === null ? null : t('lost_safe', [safe]);
};

/** Of a run that is still written on nothing is called lost; a second one into the same folder would be the wrong next thing. */
const stillWritten = (t: Translate, run: RunView, happened: string, grew: string): Headline => ({
  tone: 'risk',
  heading: t('lost_still_written_heading'),
  text: sentences([happened, t('lost_still_written', [shortName(grew)]), safeSentence(t, run)]),
});

/** The heading of a run whose kernel is gone: what happened, what survived, what is the right next thing. */
export const lostHeadline = (
  t: Translate,
  run: RunView,
  loss: LossView,
  resume: ResumeView,
  now: number,
): Headline => {
  const happened = t(HAPPENED[loss.cause], [spokenAgo(t, loss.at, now)]);
  if (loss.grew !== undefined) return stillWritten(t, run, happened, loss.grew);
  return {
    tone: 'lost',
    heading: headingOf(t, run, loss),
    text: sentences([happened, survived(t, run, loss, resume), next(t, loss)]),
  };
};
