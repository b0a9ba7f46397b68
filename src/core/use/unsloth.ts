import { keywordsOf, type NotebookModels } from './notebook-models.ts';
import { callLines } from './python-lines.ts';
import type { Recipe } from './recipe.ts';

/** What a model must be loaded with again (unsloth/models/loader.py, 2026); the rest is for training or has one default for all. */
const KEPT = [
  'max_seq_length', 'dtype', 'load_in_4bit', 'load_in_8bit', 'load_in_16bit', 'load_in_fp8', 'quantization_config',
  'device_map', 'rope_scaling', 'trust_remote_code', 'token', 'text_only', 'use_exact_model_name', 'local_files_only',
]; // prettier-ignore

const CLASSES = ['FastLanguageModel', 'FastVisionModel', 'FastTextModel', 'FastModel'];

/**
 * `FastLanguageModel.from_pretrained(model_name="outputs/checkpoint-500", …)` with the notebook's own arguments, then
 * `for_inference`. It takes adapters as well as whole models, and brings their tokenizer. `null`: no notebook of Unsloth's.
 */
export function unslothRecipe({ calls }: NotebookModels): Recipe | null {
  const own = calls.findLast(({ module, className }) => module === 'unsloth' && CLASSES.includes(className));
  if (own === undefined) return null;
  const { className } = own;
  const keywords = keywordsOf(own, KEPT);
  return {
    kind: `unsloth ${className}`,
    answers: className === 'FastLanguageModel' ? 'generate' : 'multimodal',
    imports: [{ module: 'unsloth', name: className }],
    base: null,
    load: (names, path) => [
      ...callLines(
        `${names.model}, ${names.tokenizer}`,
        `${names.of(className)}.from_pretrained`,
        `model_name=${path}`,
        keywords,
      ),
      `${names.of(className)}.for_inference(${names.model})`,
    ],
  };
}
