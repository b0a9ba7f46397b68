import { readLoss } from '../free-words/loss.ts';
import { sentencesOf, withoutDecoration } from '../free-words/sentences.ts';
import type { Announcement } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';

/**
 * Lines of progress of hand-written loops and of the examples they are copied from: `Epoch [3/10], Step [100/600],
 * Loss: 0.5`, `Epoch 3/10 - loss: 0.5`, `Epoch: 17 \tTraining Loss: …`, `EPOCH 1 COMPLETE | …`, `epoch 2 average loss`,
 * `Epoch 0/24`, `Train Epoch: 1 [6400/60000 (11%)]\tLoss: …` (MNIST example), `Epoch: [0][10/5005]\tTime …` (ImageNet
 * example), `| epoch   1 |   200/ 2928 batches | … loss 7.60` (language model example), `[0/5][0/1583]\tLoss_D: …`
 * (DCGAN tutorial), `[Epoch 0/200] [Batch 0/938] [D loss: 0.7]`, `[1,  2000] loss: 2.208` (classifier tutorial),
 * `Step 100 | loss …`, `Iteration 100: loss = 2.3`.
 *
 * A line that names an epoch and a step tells the epoch only, because most such steps start anew in each epoch. Not
 * progress: figures of a validation alone (`STEP 2 | Val Loss: …`), settings (`Epochs: 10`), saves that name an epoch.
 */
export function readLoopProgress(message: string, printed: string): Announcement | null {
  if (printed.includes('Evaluator') && EVALUATION.test(printed.slice(0, 160))) return null;
  const inBrackets = bracketed(printed.trimStart());
  if (inBrackets !== null) return inBrackets;
  return ofCounted(withoutDecoration(message));
}

/** The first letter tells most patterns off: a line costs what it may be, not what there is. */
function ofCounted(text: string): Announcement | null {
  const first = text.charAt(0).toLowerCase();
  // Rows of tables.
  if (first >= '0' && first <= '9') return null;
  if (first === 'e') return ofEpochAndStep(text) ?? ofEpoch(text) ?? ofLoss(text);
  const single = 'frtsp'.includes(first) ? text.replace(FOLD, '') : text;
  if (single !== text) return ofEpochAndStep(single) ?? ofEpoch(single) ?? ofStep(single) ?? ofLoss(single);
  return ('tfcesrg'.includes(first) ? ofEpoch(text) : null) ?? ofStep(text) ?? ofLoss(text);
}

/** What is trained several times over: `Fold 1 | Epoch 3 | …`. */
const FOLD = /^(?:fold|run|trial|seed|stage|phase)[ :#=_-]{0,3}\d{1,4}(?:\/\d{1,4})?[\s|,:-]{1,5}/i;

const LOSS_AT =
  /^((?:[\p{L}-]{1,20} ){0,3}?)(?:loss|cost)(?: \([^()]{1,30}\))? (?:at |after |for |in |of )?(?:the )?(epoch|iteration|iter|step)s? #?(\d{1,12})(?:\/\d{1,12})?\s?[:=-]\s{0,4}(-?\d{1,20}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?)/iu;

/** `Cost after iteration 100: 0.69`, `Training loss (for one batch) at step 200: 1.2`, `Average loss for epoch 3: 0.4`. */
function ofLoss(text: string): Announcement | null {
  const [, which = '', unit = '', count, loss] = LOSS_AT.exec(text) ?? [];
  if (count === undefined || /val|test|eval|dev/i.test(which)) return null;
  const counted = /^epoch/i.test(unit) ? { epoch: printedNumber(count) } : { step: printedNumber(count) };
  return { kind: 'progress', ...counted, loss: printedNumber(loss) };
}

const EPOCH_AND_STEP = /^Ep(?:och)? (\d{1,7}) \((?:global )?step (\d{1,12})\): (train loss .{1,200})/i;

/** `Ep 1 (Step 000005): Train loss 3.2, Val loss 3.4`, where the step counts on through the epochs. */
function ofEpochAndStep(text: string): Announcement | null {
  const match = EPOCH_AND_STEP.exec(text);
  if (match === null) return null;
  return {
    kind: 'progress',
    epoch: printedNumber(match[1]),
    step: printedNumber(match[2]),
    ...readLoss(match[3] ?? ''),
  };
}

/** Loggers of an evaluation (ignite). */
const EVALUATION = /Evaluator\b/;
const EPOCH =
  /^(?:(train(?:ing)?|finished|completed?|end(?: of)?|start(?:ing)?(?: of)?|running|global)[ :_-]{1,3})?(epoch)(?:_?(?:idx|num|no))?\b[ .:#=_-]{0,4}[[(]?\s{0,4}(\d{1,7})(?![\d.]\d)\s{0,2}[\])]?(?:\s{0,2}(?:\/|of|out of)\s{0,3}(\d{1,7})[\])]?)?(?![\w%/])/i;
const BRACKETED =
  /^(?:\[epoch:?\s{0,4}(\d{1,7})(?:\s?\/\s?\d{1,7})?\]|\[(\d{1,7})\/\d{1,7}\]\s?\[\d{1,9}\/\d{1,9}\]|\[(\d{1,7}),\s{1,8}\d{1,9}(?:\/\d{1,9})?\]|\[ ?train ?\| ?(\d{1,7})\/\d{1,7} ?\])/i;
const BRACKETED_STEP = /^\[(?:step|iter(?:ation)?):?\s{0,4}(\d{1,12})(?:\s?\/\s?(\d{1,12}))?\]/i;
const FIGURES =
  /loss|acc|err|score|reward|return|time|took|duration|elapsed|cost|\blr\b|learning.rate|ppl|perplexity|iou|dice|f1|auc|rmse|\bma[ep]\b|mse|mAP|psnr|fid|complet|finish|done|end|average|avg|batch|steps?\b|iter|train/i;
const GLOBAL_STEP = /\bglobal[ _-]?(?:step|iter(?:ation)?)s?\s?[:=#]?\s{0,3}(\d{1,12})\b/i;
/** The line is about a file, or says that the training goes on from there. */
const OTHER_MATTER =
  /\b(?:sav(?:ed|ing)|save best|stored|improved from|not in top|reducing|(?:setting|adjusting) learning|(?:loss|acc\w{0,10}) reached|resum|load|restor|early.?stop|checkpoint)/i;

const NOTHING_MORE = /^[\s:.,|=*#~-]{0,200}(?:\[\d{1,3}%\])?$/;

function ofEpoch(text: string): Announcement | null {
  const match = EPOCH.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length);
  const loss = readLoss(rest);
  const isAlone = NOTHING_MORE.test(rest);
  const isNamed = match[2] !== 'epoch' || match[1] !== undefined || match[4] !== undefined;
  if (isAlone ? !isNamed : !isReport(rest)) return null;
  const step = /lobal/i.test(rest) ? GLOBAL_STEP.exec(rest.slice(0, 300))?.[1] : undefined;
  return {
    kind: 'progress',
    epoch: printedNumber(match[3]),
    step: step === undefined ? null : printedNumber(step),
    loss: loss?.loss,
  };
}

/** Figures, or that it is over; a word alone (`average epoch stats below`) is none. */
const isReport = (rest: string): boolean =>
  FIGURES.test(rest.slice(0, 300)) &&
  (/\d/.test(rest) || /complet|finish|done/i.test(rest)) &&
  !(OTHER_MATTER.test(rest) && !hasFigureFirst(rest));

/** `Epoch 3 | loss 0.5 | saved model` reports before it saves. */
function hasFigureFirst(rest: string): boolean {
  const sentences = sentencesOf(rest);
  const matter = OTHER_MATTER.exec(rest)?.index ?? 0;
  return (
    sentences.some((text) => rest.length - text.length < matter) && readLoss(rest.slice(0, matter)) !== null
  );
}

function bracketed(text: string): Announcement | null {
  if (!text.startsWith('[')) return null;
  const step = BRACKETED_STEP.exec(text);
  const match = step ?? BRACKETED.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length);
  const loss = readLoss(rest);
  const isEpoch = step === null && match[1] !== undefined;
  if ((!isEpoch && !/loss/i.test(rest)) || (OTHER_MATTER.test(rest) && !hasFigureFirst(rest))) return null;
  if (step === null)
    return {
      kind: 'progress',
      epoch: printedNumber(match.slice(1).find((one) => one !== undefined)),
      loss: loss?.loss,
    };
  const total = step[2] === undefined ? null : printedNumber(step[2]);
  return loss === null ? null : { kind: 'progress', step: printedNumber(step[1]), total, loss: loss.loss };
}

const STEP =
  /^(?:iter_dt [\d.]{1,12}ms; )?(?:(?:train(?:ing)?|global|current|at)[ _]){0,2}(?:steps?|iter(?:ation)?s?|update)\b[ .:#=_-]{0,4}[[(]?\s{0,4}(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})\s{0,2}[\])]?(?:\s{0,2}(?:\/|of|out of)\s{0,3}(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})[\])]?)?(?![\w%])/i;
const ACCURACY =
  /(?:^|[^\p{L}])(?:(?:training|train|batch|minibatch)[ _])?acc(?:uracy)?[^\p{L}\p{N}]{1,6}\d/iu;

function ofStep(text: string): Announcement | null {
  const match = STEP.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length);
  const loss = readLoss(rest);
  if (
    (loss === null && !ACCURACY.test(firstFigures(rest))) ||
    (OTHER_MATTER.test(rest) && !hasFigureFirst(rest))
  ) {
    return null;
  }
  const total = match[2] === undefined ? null : wholeNumber(match[2]);
  return { kind: 'progress', step: wholeNumber(match[1]), total, loss: loss?.loss };
}

const wholeNumber = (printed = ''): number =>
  printedNumber(printed.includes(',') ? printed.replaceAll(',', '') : printed);

/** Up to where a validation begins to be reported. */
const firstFigures = (rest: string): string =>
  rest.slice(0, 300).split(/\b(?:val|valid|validation|test|eval|dev)/i)[0] ?? '';
