import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * StyleGAN 2 and 3, CycleGAN/pix2pix and pix2pixHD.
 *
 * Source: NVlabs/stylegan2-ada-pytorch and stylegan3, `training/training_loop.py` (by default; saving is silent, the tick
 * counts no steps); junyanz/pytorch-CycleGAN-and-pix2pix, `train.py`, `util/visualizer.py`, `models/base_model.py`, and
 * NVIDIA/pix2pixHD, `train.py` (by default; no path: `{checkpoints_dir}/{name}/latest_net_G.pth`).
 */
export const gan = phraseFormat('gan', [
  { start: 'tick ', read: (rest) => (/^\d{1,9}\s{1,8}kimg \d/.test(rest) ? { kind: 'progress' } : null) },
  { start: 'Training for ', read: (rest) => (/^\d{1,9} kimg/.test(rest) ? { kind: 'train_start' } : null) },
  { start: 'Resuming from "', read: resumed },
  { start: 'Exiting...', read: (rest) => (rest === '' ? { kind: 'train_end' } : null) },
  { start: 'saving the latest model (epoch ', read: latest },
  { start: 'saving the model at the end of epoch ', read: endOfEpoch },
  { start: 'saving the model at ', read: latest },
  { start: '(epoch: ', read: iterations },
  { start: 'End of epoch ', read: epochEnd },
  { start: 'loading the model from ', read: loaded },
]);

function resumed(rest: string): Reading {
  const path = printedPath(`"${rest}`, 'allowed');
  return path === null ? null : { kind: 'resumed', path };
}

function latest(rest: string): Reading {
  const match = /^(?:\(epoch )?(\d{1,9}), total_(?:iters|steps) (\d{1,12})\)/.exec(rest);
  return match === null ? null : { kind: 'saved', epoch: Number(match[1]), step: Number(match[2]) };
}

function endOfEpoch(rest: string): Reading {
  const match = /^(\d{1,9}), iters (\d{1,12})/.exec(rest);
  return match === null ? null : { kind: 'saved', epoch: Number(match[1]), step: Number(match[2]) };
}

function iterations(rest: string): Reading {
  const match = /^(\d{1,9}), iters: (\d{1,12}), time: /.exec(rest);
  return match === null ? null : { kind: 'progress', epoch: Number(match[1]), step: Number(match[2]) };
}

function epochEnd(rest: string): Reading {
  const epoch = /^(\d{1,9}) \/ \d{1,9}\s{1,8}Time Taken: /.exec(rest)?.[1];
  return epoch === undefined ? null : { kind: 'progress', epoch: Number(epoch) };
}

function loaded(rest: string): Reading {
  const path = printedPath(rest, 'refused');
  return path !== null && /_net_\w{1,20}\.pth$/.test(path) ? { kind: 'loaded', path } : null;
}
