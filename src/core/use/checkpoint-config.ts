import * as v from 'valibot';
import { parsePythonJson } from '../checkpoint/python-json.ts';

const maxName = 2000;
const text = v.pipe(v.string(), v.maxLength(maxName));
const className = v.pipe(v.string(), v.regex(/^[A-Za-z_]\w{0,99}$/));

/** What of PEFT's `adapter_config.json` tells how it is loaded (peft/config.py, 0.21). */
const adapterSchema = v.object({
  base_model_name_or_path: v.fallback(v.nullish(text), null),
  peft_type: v.fallback(v.nullish(text), null),
  task_type: v.fallback(v.nullish(text), null),
  auto_mapping: v.fallback(
    v.nullish(v.object({ base_model_class: className, parent_library: v.string() })),
    null,
  ),
});
export type AdapterConfig = v.InferOutput<typeof adapterSchema>;

/** What of Transformers' `config.json` does (transformers/configuration_utils.py, 5.23). */
const configSchema = v.object({
  architectures: v.fallback(v.nullish(v.array(className)), null),
  /** Classes that come with the checkpoint, which only `trust_remote_code=True` runs. */
  auto_map: v.fallback(v.nullish(v.record(v.string(), v.unknown())), null),
});
export type ModelConfig = v.InferOutput<typeof configSchema>;

/** `null`: the text is no adapter's configuration. */
export const readAdapterConfig = (json: string): AdapterConfig | null => read(adapterSchema, json);

/** `null`: the text is no model's configuration. */
export const readModelConfig = (json: string): ModelConfig | null => read(configSchema, json);

function read<T>(schema: v.GenericSchema<unknown, T>, json: string): T | null {
  const parsed = v.safeParse(schema, parsePythonJson(json));
  return parsed.success ? parsed.output : null;
}
