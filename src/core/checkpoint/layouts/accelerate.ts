import type { FolderListing } from '../listing.ts';
import { formatOf } from '../proof-plan.ts';
import type { Requirements } from '../requirements.ts';
import type { FolderKind } from './folder-kinds.ts';
import { filesOf, has, NO_NUMBER, numberIn, type Reading } from './layout.ts';

/** Of rank 0; `save_state` writes it after everything but what the user registered (accelerate 1.15, `checkpointing.py`). */
const LAST_FILE = 'random_states_0.pkl';

/** What `Accelerator.save_state` leaves, whole or not: its optimizer is a `.bin`, the Trainer's a `.pt`. */
export const isAccelerateState = (contents: FolderListing): boolean =>
  !has(contents, 'trainer_state.json') &&
  !has(contents, 'optimizer.pt') &&
  contents.entries.some(({ name }) => /^(?:random_states_\d+\.pkl|optimizer(?:_\d+)?\.bin)$/.test(name));

/**
 * What was written before the last file is whole when that is, so that models in folders of their own (`unet/`, FSDP) need no
 * proof. The files that can be looked into are, all the same: disks fill up.
 */
export const accelerateNeeds = (contents: FolderListing): Requirements => {
  const files = filesOf(contents)
    .map(({ name }) => name)
    .filter((name) => formatOf(name) !== null);
  return { files: [...new Set([...files, LAST_FILE])], opaque: [], resumes: 'exactly' };
};

const accelerateKind = (read: (name: string) => Reading | null): FolderKind => ({
  framework: 'accelerate',
  pointer: null,
  read,
  isOne: isAccelerateState,
  needs: accelerateNeeds,
});

/** A state of accelerate's example scripts: `step_500/`, `epoch_3/`. */
export const accelerateExampleFolder = accelerateKind((name) => {
  const match = /^(step|epoch)_(\d{1,15})$/.exec(name);
  if (match === null) return null;
  const number = numberIn(match, 2);
  return match[1] === 'step' ? { step: number, epoch: null } : { step: null, epoch: number };
});

/**
 * The automatic names `checkpoint_0/`, and `checkpoint-3/` of somebody's loop. The number is a counter of saves or an epoch or
 * a step, and nothing in the folder says which: it is read as none.
 */
export const accelerateCountedFolder = accelerateKind((name) =>
  /^checkpoint[-_]\d{1,15}$/.test(name) ? NO_NUMBER : null,
);

/** What the scripts of diffusers add to a state: their own weights. */
const DIFFUSERS =
  /^(?:pytorch_lora_weights\.safetensors|(?:unet|transformer|controlnet)(?:_ema|_lora)?|t2iadapter)$/;

/** `checkpoint-500/` of the diffusers example scripts: a state of accelerate, named by its step. */
export const diffusersFolder: FolderKind = {
  framework: 'diffusers',
  pointer: null,
  read: (name) => {
    const match = /^checkpoint-(\d{1,15})$/.exec(name);
    return match === null ? null : { step: numberIn(match, 1), epoch: null };
  },
  isOne: (contents, hint) =>
    isAccelerateState(contents) &&
    (hint === 'diffusers' || contents.entries.some(({ name }) => DIFFUSERS.test(name))),
  needs: accelerateNeeds,
};

/**
 * The states of kohya's scripts (0.10.1, `--save_state`): `{name}-000002-state/` of an epoch, `-step00000100-state/` of a step,
 * `{name}-state/` the last; accelerate's layout with a `train_state.json`.
 */
export const kohyaStateFolder: FolderKind = {
  framework: 'kohya',
  pointer: null,
  read: (name) => {
    const match = /-(?:(\d{6})|step(\d{8}))-state$/.exec(name);
    if (match !== null) return { step: numberIn(match, 2), epoch: numberIn(match, 1) };
    return /.-state$/.test(name) ? NO_NUMBER : null;
  },
  isOne: isAccelerateState,
  needs: accelerateNeeds,
};
