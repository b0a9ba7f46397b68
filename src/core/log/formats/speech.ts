import { type LogFormat, numberFirst, type Reading } from '../log-format.ts';
import { printedPath, printedPathOfSentence } from '../printed-values.ts';

/**
 * ESPnet 2 and SpeechBrain.
 *
 * Source: espnet/espnet, `espnet2/train/trainer.py`, `espnet2/train/reporter.py`, logged by default with the prefix
 * `[host] 2020-09-17 18:14:28,067 (trainer:286) INFO: `; speechbrain/speechbrain @ 9c826ef3, `utils/checkpoints.py`, by
 * default with `speechbrain.utils.checkpoints - `. ESPnet saves every epoch without a word; the best model is a link,
 * for which the criterion is printed and no path. Not events: `There are no improvements in this epoch`, `Would load a
 * checkpoint here, but none found yet.`
 */
export const speech: LogFormat = {
  name: 'speech',
  phrases: [
    { start: 'The best model has been updated: ', read: () => ({ kind: 'best' }) },
    { start: 'There are no improvements in this epoch', read: () => [] },
    { start: 'The model files were removed: ', read: removed },
    { start: 'The training was resumed using ', read: (rest) => withPath('resumed', rest) },
    { start: 'The training was finished at ', read: finished },
    ...numberFirst(epoch, '/'),
    ...numberFirst(epoch, 'epoch'),
    { start: 'Saved an end-of-epoch checkpoint in ', read: (rest) => withPath('saved', rest) },
    { start: 'Saved an intra-epoch checkpoint in ', read: (rest) => withPath('saved', rest) },
    { start: 'Deleted checkpoint in ', read: (rest) => withPath('deleted', rest) },
    { start: 'Loading a checkpoint from ', read: (rest) => withPath('loaded', rest) },
    { start: 'Would load a checkpoint here', read: () => [] },
  ],
};

function withPath(kind: 'saved' | 'deleted' | 'loaded' | 'resumed', rest: string): Reading {
  const path = printedPathOfSentence(rest, 'allowed');
  return path === null ? null : { kind, path };
}

/** One or several files, each named after its epoch. */
function removed(rest: string): Reading {
  const paths = rest
    .slice(0, 8192)
    .split(', ')
    .map((path) => printedPath(path, 'allowed'));
  return paths.flatMap((path) => {
    const epoch = /(?:^|[\\/])(\d{1,9})epoch\.pth$/.exec(path ?? '')?.[1];
    if (path === null) return [];
    return [{ kind: 'deleted', path, ...(epoch === undefined ? {} : { epoch: Number(epoch) }) } as const];
  });
}

function finished(rest: string): Reading {
  const epoch = /^(\d{1,9}) epochs?\b/.exec(rest)?.[1];
  return epoch === undefined ? null : { kind: 'train_end', epoch: Number(epoch) };
}

/** `1/20epoch started.`, `3epoch:train:1-100batch: …, loss=0.5`, `1epoch results: [train] …`. */
function epoch(message: string): Reading {
  const match = /^(\d{1,9})(?:\/\d{1,9}epoch started|epoch:train:|epoch results: )/.exec(message);
  if (match === null) return null;
  const loss = /[ ,]loss=(\d{1,9}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)[, ]/.exec(message.slice(0, 2000))?.[1];
  return { kind: 'progress', epoch: Number(match[1]), ...(loss === undefined ? {} : { loss: Number(loss) }) };
}
