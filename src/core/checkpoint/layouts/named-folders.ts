import { formatOf } from '../proof-plan.ts';
import type { FolderKind } from './folder-kinds.ts';
import { filesOf, foldersOf, has, NO_NUMBER, numberIn } from './layout.ts';

/** SpeechBrain: `CKPT+2024-10-08+11-08-06+00/`; `CKPT.yaml` is written last. */
export const speechbrainFolder: FolderKind = {
  framework: 'speechbrain',
  pointer: null,
  read: (name) => (name.startsWith('CKPT+') ? NO_NUMBER : null),
  isOne: () => true,
  needs: (contents) => {
    const files = filesOf(contents).map(({ name }) => name);
    // Its own pickles (`counter.ckpt`, `dataloader.ckpt`) are texts or small; those that are archives are proven.
    return {
      files: ['CKPT.yaml', ...files.filter((name) => name === 'model.ckpt')],
      opaque: [],
      resumes: 'exactly',
    };
  },
};

/** spaCy (3.8): `model-best/` and `model-last/`, overwritten where they lie, with no mark at the end; no optimizer. */
export const spacyFolder: FolderKind = {
  framework: 'spacy',
  pointer: null,
  read: (name) => (name === 'model-best' || name === 'model-last' ? NO_NUMBER : null),
  isOne: (contents) => has(contents, 'meta.json') && has(contents, 'config.cfg'),
  needs: (contents) => ({
    files: ['meta.json', 'config.cfg'],
    opaque: foldersOf(contents).map(({ name }) => name),
    resumes: 'weights-only',
  }),
};

const bareNumber = (name: string) => {
  const match = /^(\d{1,15})$/.exec(name);
  return match === null ? null : { step: numberIn(match, 1), epoch: null };
};

/**
 * Orbax (0.12): `{step}/`. It is written under `{step}.orbax-checkpoint-tmp…` and renamed when it is done: under its own name it
 * is whole. On a bucket (no rename) `commit_success.txt` says so.
 */
export const orbaxFolder: FolderKind = {
  framework: 'jax',
  pointer: null,
  read: bareNumber,
  isOne: (contents) => has(contents, '_CHECKPOINT_METADATA') || has(contents, 'commit_success.txt'),
  needs: () => ({ files: [], opaque: [], resumes: 'exactly' }),
};

/** sentence-transformers before 3: `{step}/`, the model alone. */
export const oldSentenceFolder: FolderKind = {
  framework: 'transformers',
  pointer: null,
  read: bareNumber,
  isOne: (contents) => has(contents, 'modules.json'),
  needs: (contents) => {
    const files = filesOf(contents).map(({ name }) => name);
    return {
      files: ['modules.json', ...files.filter((name) => formatOf(name) !== null)],
      opaque: [],
      resumes: 'weights-only',
    };
  },
};

/** A Keras ModelCheckpoint whose path has no ending: a SavedModel (Keras 2). Weights and graph, in folders that prove nothing. */
export const savedModelFolder: FolderKind = {
  framework: 'keras',
  pointer: null,
  read: (name) => {
    const epoch = /(?:epoch|ep|cp|ckpt|weights|model)[-_.=]?(\d{1,6})/i.exec(name);
    if (epoch !== null) return { step: null, epoch: numberIn(epoch, 1) };
    return /best|model|ckpt|checkpoint/i.test(name) ? NO_NUMBER : null;
  },
  isOne: (contents) => has(contents, 'saved_model.pb') && has(contents, 'variables'),
  needs: () => ({ files: [], opaque: ['saved_model.pb', 'variables'], resumes: 'unknown' }),
};
