import type { FileVerdict } from './proof.ts';

/** The largest published models have about 200. */
const MOST_SHARDS = 1000;

/**
 * `model.safetensors.index.json` and `pytorch_model.bin.index.json`: `weight_map` names the file of every tensor
 * (Transformers 5.23, `modeling_utils.py`). `null` when it is no such map, `unproven` when it names absurdly many files.
 */
export function readWeightIndex(parsed: unknown): FileVerdict | null {
  if (typeof parsed !== 'object' || parsed === null || !('weight_map' in parsed)) return null;
  const map = parsed.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return null;
  const shards = new Set<string>();
  for (const file of Object.values<unknown>({ ...map })) {
    if (typeof file !== 'string' || file === '') return null;
    shards.add(file);
    if (shards.size > MOST_SHARDS) return { kind: 'unproven' };
  }
  return shards.size === 0 ? null : { kind: 'weight-index', shards: [...shards].toSorted() };
}
