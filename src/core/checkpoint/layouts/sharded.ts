import { formatOf } from '../proof-plan.ts';
import type { FolderKind } from './folder-kinds.ts';
import { filesOf, foldersOf, has, numberIn } from './layout.ts';
import { pointerFile } from './pointers.ts';

const opaqueIn = (contents: Parameters<FolderKind['needs']>[0]): readonly string[] =>
  foldersOf(contents).map(({ name }) => name);

/** All files that can be proven; which have to be there their names do not tell. */
const whatIsThere: FolderKind['needs'] = (contents) => ({
  files: filesOf(contents)
    .map(({ name }) => name)
    .filter((name) => formatOf(name) !== null),
  opaque: [],
  resumes: 'exactly',
});

/**
 * DeepSpeed (0.16): `{tag}/`, by default `global_step{n}`, with a file for each rank. How many ranks there are nobody tells;
 * `latest` beside the folders, written last, does.
 */
export const deepspeedFolder: FolderKind = {
  framework: 'deepspeed',
  pointer: pointerFile('latest', 'needed'),
  read: (name) => {
    const match = /^global_step(\d{1,15})$/.exec(name);
    return match === null ? null : { step: numberIn(match, 1), epoch: null };
  },
  isOne: ({ entries }) => entries.some(({ name }) => /_(?:model|optim)_states\.pt$/.test(name)),
  needs: (contents) => {
    const files = filesOf(contents).map(({ name }) => name);
    return {
      files: files.filter((name) => name.endsWith('.pt')),
      opaque: [],
      resumes: files.some((name) => name.endsWith('_optim_states.pt')) ? 'exactly' : 'unknown',
    };
  },
};

/** Megatron-LM: `iter_0005000/`; `latest_checkpointed_iteration.txt` beside it is written last. */
export const megatronFolder: FolderKind = {
  framework: 'megatron',
  pointer: pointerFile('latest_checkpointed_iteration.txt', 'needed'),
  read: (name) => {
    const match = /^iter_(\d{7,15})$/.exec(name);
    return match === null ? null : { step: numberIn(match, 1), epoch: null };
  },
  isOne: () => true,
  needs: whatIsThere,
};

/**
 * NeMo (2.5): `…-step=49-consumed_samples=400.0…` as a folder with `weights/`, with `-last` behind the newest. While it is
 * written a file of its name with `-unfinished` lies beside it; without that mark it is whole.
 */
export const nemoFolder: FolderKind = {
  framework: 'nemo',
  pointer: null,
  read: (name) => {
    const step = /-step=(\d{1,15})(?=[-.]|$)/.exec(name);
    if (step === null) return null;
    const epoch = /(?:^|-)epoch=(\d{1,15})(?=[-.]|$)/.exec(name);
    return { step: numberIn(step, 1), epoch: epoch === null ? null : numberIn(epoch, 1) };
  },
  isOne: (contents) =>
    has(contents, 'weights') || has(contents, 'common.pt') || has(contents, 'metadata.json'),
  needs: whatIsThere,
};

/** torchtune: `epoch_0/`, newer `step_100/`, with the model; what resuming needs lies in `recipe_state/` beside it. */
export const torchtuneFolder: FolderKind = {
  framework: 'torchtune',
  pointer: null,
  read: (name) => {
    const match = /^(epoch|step)_(\d{1,15})$/.exec(name);
    if (match === null) return null;
    const number = numberIn(match, 2);
    return match[1] === 'step' ? { step: number, epoch: null } : { step: null, epoch: number };
  },
  isOne: ({ entries }) =>
    entries.some(({ name }) =>
      /^(?:(?:model|ft-model|adapter_model|hf_model|adapter|torchtune_model).*\.(?:safetensors|bin|pt))$/.test(
        name,
      ),
    ),
  needs: (contents) => {
    const files = filesOf(contents).map(({ name }) => name);
    return {
      files: [...files.filter((name) => formatOf(name) !== null), ...missingShards(files)],
      opaque: opaqueIn(contents),
      resumes: 'unknown',
    };
  },
};

/** `model-00001-of-00003.safetensors` tells how many there are. */
const missingShards = (files: readonly string[]): readonly string[] =>
  files.flatMap((name) => {
    const match = /^(.*-)(\d{5})(-of-(\d{5}))(\..*)$/.exec(name);
    if (match === null) return [];
    const [, start = '', , of = '', total = '', ending = ''] = match;
    return Array.from(
      { length: Math.min(Number(total), 1000) },
      (_, index) => `${start}${String(index + 1).padStart(5, '0')}${of}${ending}`,
    ).filter((shard) => !files.includes(shard));
  });

/** Ray: `checkpoint_000009/`. Its mark is a hidden file, which no server lists, and nothing else tells that it is whole. */
export const rayFolder: FolderKind = {
  framework: 'ray',
  pointer: null,
  read: (name) => (/^checkpoint_\d{6}$/.test(name) ? { step: null, epoch: null } : null),
  isOne: ({ entries }) => entries.length > 0,
  needs: ({ entries }) => ({ files: [], opaque: entries.map(({ name }) => name), resumes: 'unknown' }),
};
