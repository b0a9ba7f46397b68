import type { LogFormat } from './log-format.ts';
import { accelerate } from './formats/accelerate.ts';
import { axolotl } from './formats/axolotl.ts';
import { darknet } from './formats/darknet.ts';
import { deepspeed } from './formats/deepspeed.ts';
import { detectron2 } from './formats/detectron2.ts';
import { diffusers } from './formats/diffusers.ts';
import { fairseq } from './formats/fairseq.ts';
import { fastai } from './formats/fastai.ts';
import { haystack } from './formats/haystack.ts';
import { keras } from './formats/keras.ts';
import { lightning } from './formats/lightning.ts';
import { llamaFactory } from './formats/llama-factory.ts';
import { megatron } from './formats/megatron.ts';
import { mmengine } from './formats/mmengine.ts';
import { mmengineProgress } from './formats/mmengine-progress.ts';
import { monaiHandlers } from './formats/monai-handlers.ts';
import { nemo } from './formats/nemo.ts';
import { tfCheckpointManager } from './formats/tf-checkpoint-manager.ts';
import { tfEstimator } from './formats/tf-estimator.ts';
import { tqdm } from './formats/tqdm.ts';
import { transformersCheckpoint } from './formats/transformers-checkpoint.ts';
import { transformersMetrics } from './formats/transformers-metrics.ts';
import { transformersNotebook } from './formats/transformers-notebook.ts';
import { transformersRun } from './formats/transformers-run.ts';
import { trl } from './formats/trl.ts';
import { ultralytics } from './formats/ultralytics.ts';
import { ultralyticsProgress } from './formats/ultralytics-progress.ts';
import { unsloth } from './formats/unsloth.ts';
import { yolox } from './formats/yolox.ts';

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
  accelerate,
  diffusers,
  lightning,
  nemo,
  keras,
  tfEstimator,
  tfCheckpointManager,
  ultralytics,
  ultralyticsProgress,
  yolox,
  darknet,
  fairseq,
  fastai,
  mmengine,
  mmengineProgress,
  megatron,
  deepspeed,
  detectron2,
  monaiHandlers,
  llamaFactory,
  trl,
  haystack,
  tqdm,
];
