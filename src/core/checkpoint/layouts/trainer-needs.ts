import type { FolderListing } from '../listing.ts';
import type { FileVerdict } from '../proof.ts';
import type { Requirements } from '../requirements.ts';

/**
 * What has to be in a checkpoint of the Transformers `Trainer` (names: Transformers 5.23 `utils/__init__.py` and
 * `trainer.py`, PEFT 0.21; order of writing: weights, optimizer, scheduler, scaler, RNG, `trainer_state.json` last).
 */
export function trainerNeeds(
  listing: FolderListing,
  verdicts: ReadonlyMap<string, FileVerdict>,
): Requirements {
  const files = new Set(listing.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  const folders = listing.entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name);
  const deepspeed = folders.filter((name) => /^global_step[0-9]+$/.test(name));
  const fsdp = folders.filter((name) => /^(?:pytorch_model_fsdp|optimizer)_[0-9]+$/.test(name));
  const weights = weightsOf(files, verdicts);
  // Without weights of its own a folder may hold them in folders: DeepSpeed ZeRO-3, FSDP, PEFT adapters by name.
  const opaque = weights.length === 0 ? folders : [...deepspeed, ...fsdp];
  const optimizer = optimizerOf(files, [...deepspeed, ...fsdp]);
  return {
    files: [
      ...(weights.length === 0 && opaque.length === 0 ? [missingWeights(files)] : weights),
      ...optimizer.files,
      ...(deepspeed.length > 0 ? ['latest'] : []),
      'trainer_state.json',
    ],
    opaque,
    resumes: optimizer.resumes,
  };
}

const SINGLE_WEIGHTS = [
  'model.safetensors',
  'adapter_model.safetensors',
  'pytorch_model.bin',
  'adapter_model.bin',
] as const;
const WEIGHT_INDEXES = ['model.safetensors.index.json', 'pytorch_model.bin.index.json'] as const;

/** Every set of weights that is there, with its shards: which of several sets is loaded depends on the version. */
function weightsOf(
  files: ReadonlySet<string>,
  verdicts: ReadonlyMap<string, FileVerdict>,
): readonly string[] {
  const indexes = WEIGHT_INDEXES.filter((name) => files.has(name));
  const shards = indexes.flatMap((name) => {
    const verdict = verdicts.get(name);
    return verdict?.kind === 'weight-index' ? verdict.shards : [];
  });
  return [...SINGLE_WEIGHTS.filter((name) => files.has(name)), ...indexes, ...shards];
}

/** The name under which to miss the weights. */
function missingWeights(files: ReadonlySet<string>): string {
  if (files.has('adapter_config.json')) return 'adapter_model.safetensors';
  const sharded = [...files].find((name) => /-[0-9]{5}-of-[0-9]{5}\.(?:safetensors|bin)$/.test(name));
  if (sharded === undefined) return 'model.safetensors';
  return sharded.endsWith('.bin') ? 'pytorch_model.bin.index.json' : 'model.safetensors.index.json';
}

/**
 * With `save_only_model=True` neither optimizer nor scheduler is written. One without the other was not left so by the
 * Trainer, which then silently starts with a new optimizer (`_load_optimizer_and_scheduler`): the missing one is asked for.
 *
 * `rng_state.pth` and `rng_state_N.pth` are not asked for: without them the Trainer goes on with the same optimizer,
 * schedule and step, and only the random numbers (dropout, order of the data) differ. `exactly` means the former.
 */
function optimizerOf(
  files: ReadonlySet<string>,
  folders: readonly string[],
): { readonly files: readonly string[]; readonly resumes: Requirements['resumes'] } {
  const optimizers = [...files].filter((name) =>
    /^(?:rank[0-9]+-of-[0-9]+-)?optimizer\.(?:pt|bin)$/.test(name),
  );
  const inFolders = folders.some((name) => name.startsWith('global_step') || name.startsWith('optimizer_'));
  if (inFolders) {
    // DeepSpeed keeps its own schedulers in its folder.
    return {
      files: [...optimizers, ...(files.has('scheduler.pt') ? ['scheduler.pt'] : [])],
      resumes: 'exactly',
    };
  }
  if (optimizers.length === 0 && !files.has('scheduler.pt')) return { files: [], resumes: 'weights-only' };
  return {
    files: [...(optimizers.length === 0 ? ['optimizer.pt'] : optimizers), 'scheduler.pt'],
    resumes: 'exactly',
  };
}
