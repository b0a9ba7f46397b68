import type { Announcement, LogFormat, Reading } from '../log-format.ts';
import { printedPathOfSentence } from '../printed-values.ts';
import type { TqdmBar } from '../tqdm-bar.ts';

/**
 * MosaicML Composer. Saving is silent.
 *
 * Source: mosaicml/composer @ 64051888 (0.24), `utils/checkpoint.py`, `trainer/trainer.py` (INFO),
 * `loggers/progress_bar_logger.py`, `loggers/console_logger.py` (by default): `train          Epoch   0:  100%|…`,
 * `[epoch=1][batch=25/25]:`. Not events: `No previous autoresume checkpoint found`.
 */
export const composer: LogFormat = {
  name: 'composer',
  phrases: [
    { start: 'Trainer checkpoint loaded from ', read: loaded },
    { start: 'Model weights loaded from ', read: loaded },
    { start: 'Loading checkpoint from ', read: loading },
    { start: 'Autoresuming training from checkpoint', read: () => ({ kind: 'resumed', role: 'part' }) },
    { start: 'No previous autoresume checkpoint found', read: () => [] },
  ],
  bar,
  anywhere: { literal: '][batch=', read: console },
};

/** `ep1-ba42-rank0.pt`: epoch and batch, which is Composer's step. */
function loaded(rest: string): Reading {
  const path = printedPathOfSentence(rest, 'allowed');
  const batch = /(?:^|[\\/-])ba(\d{1,12})(?:-|$)/.exec(path ?? '')?.[1];
  return path === null
    ? null
    : {
        kind: 'loaded',
        path,
        ...(batch === undefined ? {} : { step: Number(batch) }),
      };
}

/** Many say so; Composer's files are known by their rank. */
function loading(rest: string): Reading {
  return /-rank\d{1,6}\.pt\.?$/.test(rest.slice(-40)) ? loaded(rest) : null;
}

function console(text: string): Reading {
  const epoch = /(?:^|\s)\[epoch=(\d{1,9})(?:\/\d{1,9})?\]\[batch=\d{1,12}(?:\/\d{1,12})?\]/.exec(text)?.[1];
  return epoch === undefined ? null : { kind: 'progress', epoch: Number(epoch) };
}

function bar({ description, postfix }: TqdmBar): Announcement | null {
  if (!description.startsWith('train')) return null;
  const epoch = /^train\s{1,20}Epoch\s{1,8}(\d{1,9})$/.exec(description)?.[1];
  if (epoch === undefined) return null;
  const loss = /loss\/train\/total=(-?\d{1,9}(?:\.\d{1,20})?)/.exec(postfix)?.[1];
  return { kind: 'progress', epoch: Number(epoch), ...(loss === undefined ? {} : { loss: Number(loss) }) };
}
