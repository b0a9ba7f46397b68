import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedFile } from '../printed-values.ts';

/**
 * What users of `tf.train.CheckpointManager` print; the class itself is silent.
 *
 * Source: TensorFlow's guide "Training checkpoints" and its tutorials on the Transformer and on image captioning, whose
 * lines are copied into many notebooks. The number in `ckpt-3` counts saves, it is no step.
 *
 * Not an event: `Initializing from scratch.`
 */
export const tfCheckpointManager = phraseFormat('tf-checkpoint-manager', [
  { start: 'Saved checkpoint for step ', read: (rest) => saved(/^(\d{1,15}): /.exec(rest), rest, 'step') },
  {
    start: 'Saving checkpoint for epoch ',
    read: (rest) => saved(/^(\d{1,9}) at /.exec(rest), rest, 'epoch'),
  },
  { start: 'Restored from ', read: restored },
  { start: 'Latest checkpoint restored!!', read: () => ({ kind: 'resumed' }) },
  { start: 'Epoch ', isBeforeNumber: true, read: progress },
]);

function saved(match: RegExpExecArray | null, rest: string, counted: 'step' | 'epoch'): Announcement | null {
  const path = match === null ? null : printedFile(rest.slice(match[0].length));
  return match === null || path === null ? null : { kind: 'saved', path, [counted]: Number(match[1]) };
}

function restored(rest: string): Announcement | null {
  const path = printedFile(rest);
  return path === null || !/(?:^|[\\/])[\w.-]{0,80}-\d{1,9}$/.test(path) ? null : { kind: 'resumed', path };
}

function progress(rest: string): Announcement | null {
  const [, epoch, loss] =
    /^(\d{1,9}) (?:Batch \d{1,9} )?Loss:? (-?\d{1,20}(?:\.\d{1,20})?)(?:,? \w{1,20}:? -?[\d.]{1,20}%?){0,6}$/.exec(
      rest,
    ) ?? [];
  return epoch === undefined ? null : { kind: 'progress', epoch: Number(epoch), loss: Number(loss) };
}
