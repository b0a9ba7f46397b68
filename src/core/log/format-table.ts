import type { LogFormat } from './log-format.ts';
import { axolotl } from './formats/axolotl.ts';
import { haystack } from './formats/haystack.ts';
import { llamaFactory } from './formats/llama-factory.ts';
import { tqdm } from './formats/tqdm.ts';
import { transformersCheckpoint } from './formats/transformers-checkpoint.ts';
import { transformersMetrics } from './formats/transformers-metrics.ts';
import { transformersNotebook } from './formats/transformers-notebook.ts';
import { transformersRun } from './formats/transformers-run.ts';
import { trl } from './formats/trl.ts';
import { unsloth } from './formats/unsloth.ts';

/**
 * Every known format, the specific before the general: within one segment the first format that announces a kind of
 * event is believed, later ones only add what it did not print (the step of a bar to the loss of a dict). A new
 * program is a file in `formats/` and a line here.
 */
export const FORMAT_TABLE: readonly LogFormat[] = [
  transformersCheckpoint,
  transformersRun,
  transformersMetrics,
  transformersNotebook,
  unsloth,
  axolotl,
  llamaFactory,
  trl,
  haystack,
  tqdm,
];
