import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { numberIn, printedFileOfSentence, printedPath } from '../printed-values.ts';

/**
 * NVIDIA NeMo, on top of Lightning's lines.
 *
 * Source: NVIDIA/NeMo @ 8cfedd72 (2.5), `nemo/utils/callbacks/dist_ckpt_io.py`,
 * `nemo/lightning/pytorch/callbacks/model_checkpoint.py`, `nemo/utils/callbacks/nemo_model_checkpoint.py`,
 * `nemo/core/connectors/save_restore_connector.py`. Shown by default. A save in the background is scheduled, then
 * finalized: one event. The step is also in the name.
 */
export const nemo = phraseFormat('nemo', [
  { start: 'Global Checkpoint Save : Rank: ', read: globalSave },
  { start: 'Scheduled async checkpoint save for ', read: scheduled },
  { start: 'Successfully saved checkpoint from iteration ', read: successful },
  { start: 'Async checkpoint save for step ', read: finalized },
  { start: 'Removed distributed checkpoint: ', read: removed },
  { start: 'Removed checkpoint: ', read: removed },
  { start: 'New best .nemo model saved to: ', read: best },
  { start: 'Resuming training from checkpoint: ', read: resumed },
  { start: 'Model ', read: restored },
]);

const saves = remembers((): { steps: readonly number[] } => ({ steps: [] }));
/** Saves in the background that may not be finalized yet. */
const REMEMBERED_SAVES = 8;

function globalSave(rest: string, context: LogContext): Announcement | null {
  const step = /^\d{1,9} : Iteration: (\d{1,15}) : /.exec(rest)?.[1];
  return step === undefined ? null : saved({ step: Number(step) }, context);
}

function scheduled(rest: string, context: LogContext): Announcement | null {
  const path = printedPath(rest, 'refused');
  return path === null ? null : saved({ path, step: stepOf(path) }, context);
}

function successful(rest: string, context: LogContext): Reading {
  const [prefix, count] = /^ {0,20}(\d{1,15}) to /.exec(rest) ?? [];
  const path = prefix === undefined ? null : printedFileOfSentence(rest.slice(prefix.length));
  return path === null ? null : saved({ path, step: Number(count) }, context);
}

function finalized(rest: string, context: LogContext): Reading {
  const [, count, printed = ''] = /^(\d{1,15}) \((.{1,4096})\) finalized successfully\.?$/.exec(rest) ?? [];
  const path = printedPath(printed, 'allowed');
  if (path === null) return null;
  return saves(context).steps.includes(Number(count)) ? [] : saved({ path, step: Number(count) }, context);
}

function saved(what: Omit<Announcement, 'kind'>, context: LogContext): Announcement {
  const memory = saves(context);
  const { step } = what;
  if (typeof step === 'number') memory.steps = [step, ...memory.steps].slice(0, REMEMBERED_SAVES);
  return { kind: 'saved', role: 'part', ...what };
}

function removed(rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  return path === null ? null : { kind: 'deleted', path, step: stepOf(path) };
}

function best(rest: string): readonly Announcement[] | null {
  const path = printedPath(rest, 'refused');
  return path === null
    ? null
    : [
        { kind: 'best', path },
        { kind: 'saved', path },
      ];
}

function resumed(rest: string): Announcement | null {
  const path = printedFileOfSentence(rest);
  return path === null ? null : { kind: 'resumed', role: 'part', path, step: stepOf(path) };
}

function restored(rest: string): Announcement | null {
  const printed = /^[\w.]{1,120} was successfully restored from (.{1,4096})\.$/.exec(rest)?.[1];
  const path = printed === undefined ? null : printedPath(printed, 'refused');
  return path === null ? null : { kind: 'loaded', path };
}

const stepOf = (path: string): number | null => numberIn(path, /(?:^|[-_\\/])step=(\d{1,15})/g);
