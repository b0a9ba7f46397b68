import type { LogFormat, Reading } from '../log-format.ts';
import { numberInDict, printedPath } from '../printed-values.ts';

/**
 * Ray Tune, RLlib and Train. A step is an iteration of theirs; the number in a folder's name counts saves.
 *
 * Source: Ray 1.9 to 2.44, `tune/experimental/output.py` ("saved a checkpoint for iteration", by default),
 * `train/_internal/storage.py` ("Checkpoint successfully created at", by default), `tune/trainable/trainable.py`
 * (restoring, INFO, shown by default; the iteration stands in the line behind). `Algorithm.save` prints nothing; what
 * scripts print around it (`Checkpoint saved in directory {path}`) is read as free words.
 */
export const ray: LogFormat = {
  name: 'ray',
  phrases: [
    { start: 'Checkpoint successfully created at: Checkpoint(', read: created },
    { start: 'Restored on ', read: restored },
    { start: 'Current state after restoring: ', read: stateAfter },
    { start: 'Training finished iteration ', read: finished },
    { start: 'Training completed after ', read: completed },
  ],
  anywhere: { literal: ' saved a checkpoint for iteration ', read: saved },
};

const SAVED = /(?:^|\s)\S{1,200} saved a checkpoint for iteration (\d{1,12}) at: (.{1,4096})$/;

function saved(text: string): Reading {
  const match = SAVED.exec(text.trimEnd());
  const path = printedPath((match?.[2] ?? '').replace(/^\(\w{1,40}\)/, ''), 'allowed');
  return path === null ? null : { kind: 'saved', path, step: Number(match?.[1]) };
}

const pathIn = (checkpoint: string): string | null =>
  printedPath(
    /^(?:Checkpoint\()?filesystem=\w{1,60}, path=(.{1,4096})\)$/.exec(checkpoint)?.[1] ?? '',
    'allowed',
  );

function created(rest: string): Reading {
  const path = pathIn(rest);
  return path === null ? null : { kind: 'saved', path };
}

function restored(rest: string): Reading {
  const place = /^\S{1,100} from checkpoint: (.{1,4096})$/.exec(rest)?.[1] ?? '';
  const path = pathIn(place) ?? printedPath(place, 'allowed');
  return path === null ? null : { kind: 'loaded', role: 'part', path };
}

function stateAfter(rest: string): Reading {
  return { kind: 'loaded', role: 'rest', step: numberInDict(rest, '_iteration') };
}

function finished(rest: string): Reading {
  const step = /^(\d{1,12}) at /.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'progress', step: Number(step) };
}

function completed(rest: string): Reading {
  const step = /^(\d{1,12}) iterations? at /.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'train_end', step: Number(step) };
}
