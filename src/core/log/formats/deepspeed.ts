import type { LogContext } from '../log-context.ts';
import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';
import { folderOf, numberIn, printedFile } from '../printed-values.ts';
import { isSavedByMegatron } from './megatron.ts';

/**
 * DeepSpeed.
 *
 * Source: microsoft/DeepSpeed 0.6 to 0.16.4, `runtime/checkpoint_engine/torch_checkpoint_engine.py`, `runtime/engine.py`,
 * `utils/timer.py`, `runtime/pipe/engine.py`. Its own handler shows INFO by default; newer versions say less. A save is
 * announced by its tag, then by the file of rank 0, and committed with `is ready now!`: one event. The folder of the tag is
 * the checkpoint.
 *
 * Not an event: the many files of a save (`[Torch] Saving …`, `zero checkpoint saved …`), `Did not save the model …`.
 */
export const deepspeed = phraseFormat('deepspeed', [
  { start: 'Checkpoint ', read: announced },
  { start: 'Saving model checkpoint: ', read: modelFile },
  ...['Saving ', 'Saved ', 'zero checkpoint saved '].map((start) => ({ start, read: fileOfMany })),
  { start: 'Loading checkpoint from ', read: loaded },
  { start: 'Loaded checkpoint from ', read: loaded },
  { start: 'loading checkpoint: ', read: loaded },
  { start: 'epoch=', read: timer },
  { start: 'step=', read: (rest) => progress(/^(\d{1,15}), skipped=\d{1,15}, lr=\[/.exec(rest)) },
  { start: 'steps: ', read: (rest) => progress(/^(\d{1,15}) loss: .{1,40} iter time \(s\): /.exec(rest)) },
]);

function announced(rest: string, context: LogContext): Reading {
  const tag = /^(\S{1,200}) is (?:about to be saved!|ready now!)$/.exec(rest)?.[1];
  return tag === undefined ? null : saved({ step: stepOf(tag) }, context);
}

function modelFile(rest: string, context: LogContext): Reading {
  const path = printedFile(rest);
  if (path === null || !path.endsWith('.pt')) return null;
  const folder = folderOf(path);
  const inContext = folder === null ? {} : { pathInContext: folder };
  return saved({ path, step: stepOf(path), ...inContext }, context);
}

function fileOfMany(rest: string): Reading {
  return /_states\.pt\.{0,3}$/.test(rest.slice(-40)) ? [] : null;
}

function saved(what: Omit<Announcement, 'kind'>, context: LogContext): Reading {
  return isSavedByMegatron(context, what.step ?? null) ? [] : { kind: 'saved', role: 'part', ...what };
}

/** Of the files of a checkpoint only the model's is told. */
function loaded(rest: string): Reading {
  const path = printedFile(rest.replace(/\.{1,3}$/, ''));
  if (path === null || !/model_states\.pt$|optim_states\.pt$/.test(path)) return null;
  if (!path.endsWith('model_states.pt')) return [];
  const folder = folderOf(path);
  return {
    kind: 'loaded',
    path,
    step: stepOf(path),
    ...(folder === null ? {} : { pathInContext: folder }),
  };
}

function timer(rest: string): Announcement | null {
  const [, epoch, step] =
    /^(\d{1,9})\/micro_step=\d{1,15}\/global_step=(\d{1,15}), RunningAvgSamplesPerSec=/.exec(rest) ?? [];
  return epoch === undefined
    ? null
    : { kind: 'progress', epoch: printedNumber(epoch), step: printedNumber(step) };
}

function progress(match: RegExpExecArray | null): Announcement | null {
  return match === null ? null : { kind: 'progress', step: printedNumber(match[1]) };
}

const stepOf = (text: string): number | null =>
  numberIn(text, /(?:^|[\\/])global_step(\d{1,15})(?=[\\/]|$)/g);
