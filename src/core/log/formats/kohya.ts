import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import type { Announcement, LogFormat, Reading } from '../log-format.ts';
import { printedCount, printedPath } from '../printed-values.ts';
import type { TqdmBar } from '../tqdm-bar.ts';

/**
 * kohya-ss' scripts for diffusion models. Weights and the state to go on from are saved apart.
 *
 * Source: kohya-ss/sd-scripts @ 48d368fa, `train_network.py`, `library/train_util.py`; printed by default, since 0.8.6
 * through rich. A run ends with `saving checkpoint` and `model saved.`. Default names: `{name}-{epoch:06d}`, `{name}-step{n:08d}`.
 */
export const kohya: LogFormat = {
  name: 'kohya',
  phrases: [
    { start: 'running training', read: started },
    { start: 'total optimization steps', read: total },
    { start: 'saving checkpoint: ', read: (rest, context) => weights('saved', rest, context) },
    { start: 'removing old checkpoint: ', read: (rest, context) => weights('deleted', rest, context) },
    { start: 'removing old state: ', read: (rest) => state('deleted', rest) },
    { start: 'resume training from local state: ', read: (rest) => state('resumed', rest) },
    { start: 'saving state at ', read: stateAt },
    { start: 'saving last state', read: () => ({ kind: 'saved' }) },
    { start: 'model saved.', read: modelSaved },
  ],
  bar,
};

const lastSave = remembers(() => ({ line: -1 }));

function started(rest: string): Reading {
  return rest === '' || rest.includes('学習開始') ? { kind: 'train_start', role: 'part' } : null;
}

function total(rest: string): Reading {
  const steps = printedCount(/^ \/ 学習ステップ数: (\d{1,12})/.exec(rest)?.[1] ?? '');
  return steps === null ? null : { kind: 'train_start', role: 'rest', total: steps };
}

function weights(kind: 'saved' | 'deleted', rest: string, context: LogContext): Reading {
  const path = printedPath(rest, 'allowed');
  if (path === null) return null;
  if (kind === 'saved') lastSave(context).line = context.line;
  const epoch = /-(\d{6})\.(?:safetensors|ckpt|pt)$/.exec(path)?.[1];
  return { kind, path, ...(epoch === undefined ? {} : { epoch: Number(epoch) }) };
}

function state(kind: 'deleted' | 'resumed', rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  if (path === null) return null;
  const epoch = /-(\d{6})-state$/.exec(path)?.[1];
  return { kind, path, ...(epoch === undefined ? {} : { epoch: Number(epoch) }) };
}

function stateAt(rest: string): Reading {
  const match = /^(epoch|step) (\d{1,12})$/.exec(rest.trim());
  return match === null
    ? null
    : { kind: 'saved', [match[1] === 'epoch' ? 'epoch' : 'step']: Number(match[2]) };
}

/** The last words of a run, behind its last save; without that a save of its own. */
function modelSaved(rest: string, context: LogContext): Reading {
  const { line } = lastSave(context);
  if (rest.trim() !== '') return null;
  return line !== -1 && context.line - line <= 5 ? { kind: 'train_end' } : { kind: 'saved' };
}

function bar({ description, done, total, postfix }: TqdmBar): Announcement | null {
  if (description !== 'steps') return null;
  const loss = /(?:^|, )(?:avr_loss|avg_loss)=(-?\d{1,9}(?:\.\d{1,20})?)(?:,|$)/.exec(postfix)?.[1];
  return loss === undefined ? null : { kind: 'progress', step: done, total, loss: Number(loss) };
}
