import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import type { LogFormat, Reading } from '../log-format.ts';
import { printedPath, printedPathOfSentence } from '../printed-values.ts';

/**
 * Orbax, Flax' own checkpoints and clu. One save is logged in several lines; it is told at the first of them.
 *
 * Source: google/orbax @ 3ff7b24a (0.12), `checkpoint_manager.py`, `async_checkpointer.py`; google/flax @ 18f8f311,
 * `training/checkpoints.py`; google/CommonLoopUtils, `clu/checkpoint.py`. All INFO of absl, so silent unless the script
 * or notebook set the verbosity; prefix `INFO:absl:` or `I0412 19:30:05.964669 139814528628480 checkpointer.py:128]`,
 * then `[process=0][thread=MainThread][step=100]`. Folders are `{step}` (Orbax) or `checkpoint_{step}` (Flax). Not
 * events: `Checkpoint.restore_or_initialize()`, which also runs where nothing is to be restored.
 */
export const jax: LogFormat = {
  name: 'jax',
  phrases: [
    { start: 'Saving checkpoint at step ', read: (rest, context) => saving(rest, context, 'whole') },
    { start: 'Saving checkpoint at step: ', read: (rest, context) => saving(rest, context, 'part') },
    { start: 'Saved checkpoint at ', read: savedAt },
    { start: 'Finished async_save', read: finished },
    { start: 'Finished saving checkpoint', read: finished },
    { start: 'Finished asynchronous save', read: finished },
    { start: 'Started async saving checkpoint to ', read: finished },
    { start: 'Started save checkpoint @ ', read: (rest, context) => finished(`to ${rest}`, context) },
    {
      start: 'Started an asynchronous checkpoint save for step ',
      read: (rest, context) => saving(rest, context, 'whole'),
    },
    { start: 'Starting CheckpointManager Save Finalize', read: () => [] },
    { start: 'Restoring checkpoint from ', read: restored },
    { start: 'Restoring legacy Flax checkpoint from ', read: restored },
    { start: 'Restoring orbax checkpoint from ', read: restored },
    { start: 'Deleting step ', read: deletedStep },
    { start: 'Deleted step ', read: deletedStep },
    { start: 'Removing checkpoint at ', read: removed },
    { start: 'Found no checkpoint ', read: () => [] },
    { start: 'Checkpoint.save() ...', read: cluSaves },
    { start: 'Checkpoint.save() finished', read: cluSaved },
    { start: 'Checkpoint.restore', read: () => [] },
  ],
  anywhere: { literal: 'CheckpointManager Save Finalize is done', read: finalized },
};

interface Memory {
  /** A save whose end was not logged yet. */
  isSaving: boolean;
  step: number | null;
}

const memory = remembers((): Memory => ({ isSaving: false, step: null }));

/** Flax (with a colon) names the file in a later line, Orbax never does. */
function saving(rest: string, context: LogContext, role: 'whole' | 'part'): Reading {
  const step = /^(\d{1,15})\.{0,3}$/.exec(rest)?.[1];
  if (step === undefined) return null;
  Object.assign(memory(context), { isSaving: role === 'part', step: Number(step) });
  return { kind: 'saved', role, step: Number(step) };
}

function savedAt(rest: string, context: LogContext): Reading {
  const path = printedPathOfSentence(rest, 'refused');
  if (path === null || stepIn(path) === null) return null;
  const { isSaving } = memory(context);
  Object.assign(memory(context), { isSaving: false });
  return { kind: 'saved', role: isSaving ? 'rest' : 'part', path, step: stepIn(path) };
}

/** Told of the folder by Orbax when it is done; the save itself is known already, if its start was logged. */
function finished(rest: string, context: LogContext): Reading {
  const path =
    /(?:directory=|to )[`'"]?([^\s`'"]{1,1000}?)[`'"]?\.?(?:\s|$)/.exec(rest)?.[1] ??
    printedPathOfSentence(rest, 'refused');
  const step = path === null ? null : stepIn(path);
  if (path === null || step === null || memory(context).step === step) return [];
  memory(context).step = step;
  return { kind: 'saved', path, step };
}

function finalized(text: string, context: LogContext): Reading {
  const step = /\[step=(\d{1,15})\]/.exec(text.slice(0, 1000))?.[1];
  if (step === undefined || memory(context).step === Number(step)) return [];
  memory(context).step = Number(step);
  return { kind: 'saved', step: Number(step) };
}

function restored(rest: string): Reading {
  const path = printedPathOfSentence(rest, 'refused');
  return path === null ? null : { kind: 'loaded', path, step: stepIn(path) };
}

function removed(rest: string): Reading {
  const path = printedPathOfSentence(rest, 'refused');
  return path === null ? null : { kind: 'deleted', path, step: stepIn(path) };
}

function deletedStep(rest: string): Reading {
  const step = /^(\d{1,15})\b/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'deleted', step: Number(step) };
}

function stepIn(path: string): number | null {
  const step =
    /(?:^|[\\/]|checkpoint_)(\d{1,15})(?:\.orbax-checkpoint-tmp[\w-]{0,60})?(?:[\\/](?:default|state|params|items))?[\\/]?$/.exec(
      path,
    )?.[1];
  return step === undefined ? null : Number(step);
}

function cluSaves(_rest: string, context: LogContext): Reading {
  memory(context).isSaving = true;
  return { kind: 'saved', ...pathBehind(_rest) };
}

function cluSaved(_rest: string, context: LogContext): Reading {
  const { isSaving } = memory(context);
  memory(context).isSaving = false;
  return isSaving ? [] : { kind: 'saved' };
}

function pathBehind(rest: string): { readonly path?: string } {
  const path = printedPath(rest, 'refused');
  return path === null ? {} : { path };
}
