import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Coqui's Trainer (TTS, STT). Its lines begin with ` > ` and may be bold or underlined.
 *
 * Source: coqui-ai/Trainer @ 7704b0f, `trainer/io.py`, `trainer/trainer.py`, `trainer/logging/console_logger.py`, by
 * default. Deleting is silent. Not events: ` > TRAINING (…)`, which opens every epoch, `> EVALUATION`, `Restoring Model.`,
 * `Run is kept in …`.
 */
export const coqui = phraseFormat(
  'coqui',
  // The `>` of the start is taken for a mark of the terminal where nothing stands before it.
  ['', '> ']
    .flatMap((mark) => [
      { start: `${mark}CHECKPOINT : `, read: (rest: string) => saved(rest, false) },
      { start: `${mark}BEST MODEL : `, read: (rest: string) => saved(rest, true) },
      { start: `${mark}EPOCH: `, read: epoch },
      { start: `${mark}Restoring from `, read: restoring },
      { start: `${mark}Model restored from step `, read: restored },
      { start: `${mark}Run is `, read: () => [] },
      { start: `${mark}TRAINING (`, read: () => [] },
    ])
    .concat(
      ['--> TIME: ', '--> STEP: '].map((start) => ({ start, read: (rest: string) => step(start + rest) })),
    ),
);

function saved(rest: string, isBest: boolean): Reading {
  const path = printedPath(rest, 'allowed');
  if (path === null) return null;
  const event = { path, ...stepIn(path) };
  return isBest
    ? [
        { kind: 'best', ...event },
        { kind: 'saved', ...event },
      ]
    : { kind: 'saved', ...event };
}

function stepIn(path: string): { readonly step?: number } {
  const step = /(?:checkpoint|best_model)_(\d{1,15})\.pth(?:\.tar)?$/.exec(path)?.[1];
  return step === undefined ? {} : { step: Number(step) };
}

function epoch(rest: string): Reading {
  const match = /^(\d{1,9})\/\d{1,9}$/.exec(rest);
  return match === null ? null : { kind: 'progress', epoch: Number(match[1]) };
}

function step(rest: string): Reading {
  const match = /--(?:>)? STEP: \d{1,12}\/\d{1,12} -- GLOBAL_STEP: (\d{1,15})/.exec(rest.slice(0, 300));
  return match === null ? null : { kind: 'progress', step: Number(match[1]) };
}

function restoring(rest: string): Reading {
  const path = printedPath(rest.replace(/\s?\.{3}$/, ''), 'allowed');
  return path === null || !/\.pth(?:\.tar)?$/.test(path)
    ? null
    : { kind: 'loaded', role: 'part', path, ...stepIn(path) };
}

function restored(rest: string): Reading {
  return /^\d{1,15}$/.test(rest) ? { kind: 'loaded', role: 'part', step: Number(rest) } : null;
}
