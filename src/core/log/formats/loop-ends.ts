import { type Moment, readMoment } from '../free-words/moment.ts';
import { sentencesOf } from '../free-words/sentences.ts';
import type { Announcement } from '../log-format.ts';

/**
 * Ends, early stops, new bests and the plainest of starts as people announce them in loops of their own: `Early stopping`, `Early stopping
 * triggered after 12 epochs`, `Finished Training` (classifier tutorial), `Training complete in 0m 55s` (transfer learning
 * tutorial), `Training finished!`, `train completed, best_metric: 0.77 at epoch: 50` (MONAI),
 * `Training time 1:02:03` (DETR, DeiT), `*** New best model! val_loss=0.3`. Printed by default.
 *
 * Not events: the counter of an early stopping (`EarlyStopping counter: 1 out of 7`), its settings, the best score of a
 * search (`Best score is 0.73`), what is best at the end of a summary.
 */
export function readEnd(message: string): readonly Announcement[] {
  const [first, ...others] = sentencesOf(message);
  if (first === undefined) return [];
  return start(first) ?? stop(first, STOPS) ?? newBest(first) ?? stopInEpoch(first, others) ?? [];
}

const EARLY_STOP =
  /^(?:(?:stopping|stopped|stop)(?: training)? early|early[- ]?stop(?:p(?:ing|ed))?(?:(?: has been| was| is)? (?:triggered|activated|reached|executed|occurred|condition (?:met|reached)))?|training (?:was )?(?:early[- ]?stopped|stopped(?: early)?)|stop(?:ping)? training)\b/i;
const ENDED =
  /^(?:(?:finished|done|completed)(?: with)?(?: the)? training|train completed|training time(?= \d{1,4}(?: days?, \d{1,2})?:\d{2}:\d{2}$)|(?:the )?(?:model )?training (?:loop |run |phase |process )?(?:(?:is|was|has) (?:been )?)?(?:now )?(?:successfully )?(?:complet(?:ed?|ion)|finished|done|ended|over)(?: successfully)?)\b(?! (?:of|for)\b)/i;
const STOP_DETAIL =
  /^(?:[^\p{L}\p{N}]{0,64}$|[.!…]\s|\s?[(,;–—-]{1,2}\s|\s?:\s{1,4}\d|\s?\()|^ \d{1,4}(?: days?, \d{1,2})?:\d{2}:\d{2}$|^\s?(?:at|after|on|in|because|as|since|due|with|by|no|and)\b/iu;

/** DeiT, MAE and others: `Start training for 400 epochs`. */
const start = (sentence: string): readonly Announcement[] | null =>
  /^start(?:ing)? training for \d{1,9} (?:epochs|steps|iterations)[\s.!…]{0,8}$/i.test(sentence)
    ? [{ kind: 'train_start', role: 'part' }]
    : null;

const STOPS = [EARLY_STOP, ENDED];

/** Keras: `Epoch 12: early stopping`. */
function stopInEpoch(first: string, others: readonly string[]): readonly Announcement[] | null {
  const moment = readMoment(first)?.moment;
  if (moment === undefined) return null;
  for (const sentence of others) {
    const found = stop(sentence, [EARLY_STOP]);
    if (found !== null) return found.map((announcement) => ({ ...moment, ...announcement }));
  }
  return null;
}

function stop(sentence: string, words: readonly RegExp[]): readonly Announcement[] | null {
  const end = words.map((word) => word.exec(sentence)).find((match) => match !== null);
  if (end === undefined || end === null) return null;
  const rest = sentence.slice(end[0].length);
  if (!(rest === '' || STOP_DETAIL.test(rest)) || NOT_YET.test(rest)) return null;
  const { epoch, step }: Moment = readMoment(rest.replace(/^\s?[(:,–—-]\s?/, '').trimStart())?.moment ?? {};
  return [
    {
      kind: 'train_end',
      role: 'part',
      ...(epoch === undefined ? {} : { epoch }),
      ...(step === undefined ? {} : { step }),
    },
  ];
}

/** Settings and counters. */
const NOT_YET =
  /\b(?:patience\s?[:=]|counter|enabled|disabled|will|would|monitor(?:ing|s)?|if|true|false|epoch \d{1,7} (?:of|\/))/i;

const NEW_BEST =
  /^(?:found )?(?:a )?new (?:best|(?:global|overall|personal) best|record)\b(?!-)[^"'`]{0,120}$/i;

function newBest(sentence: string): readonly Announcement[] | null {
  return NEW_BEST.test(sentence.slice(0, 200)) ? [{ kind: 'best' }] : null;
}
