import type { LogFormat } from './log-format.ts';
import { accelerate } from './formats/accelerate.ts';
import { aitextgen } from './formats/aitextgen.ts';
import { allennlp } from './formats/allennlp.ts';
import { axolotl } from './formats/axolotl.ts';
import { boosting } from './formats/boosting.ts';
import { catboost } from './formats/catboost.ts';
import { composer } from './formats/composer.ts';
import { coqui } from './formats/coqui.ts';
import { darkflow } from './formats/darkflow.ts';
import { darknet } from './formats/darknet.ts';
import { deepspeech } from './formats/deepspeech.ts';
import { deepspeed } from './formats/deepspeed.ts';
import { detectron2 } from './formats/detectron2.ts';
import { diffusers } from './formats/diffusers.ts';
import { fairseq } from './formats/fairseq.ts';
import { fastai } from './formats/fastai.ts';
import { flair } from './formats/flair.ts';
import { gan } from './formats/gan.ts';
import { haystack } from './formats/haystack.ts';
import { jax } from './formats/jax.ts';
import { keras } from './formats/keras.ts';
import { kohya } from './formats/kohya.ts';
import { lightning } from './formats/lightning.ts';
import { llamaFactory } from './formats/llama-factory.ts';
import { loop, loopProgress } from './formats/loop.ts';
import { megatron } from './formats/megatron.ts';
import { mmengine } from './formats/mmengine.ts';
import { mmengineProgress } from './formats/mmengine-progress.ts';
import { monaiHandlers } from './formats/monai-handlers.ts';
import { nanogpt } from './formats/nanogpt.ts';
import { nemo } from './formats/nemo.ts';
import { packageVersions } from './formats/package-versions.ts';
import { paddle } from './formats/paddle.ts';
import { ray } from './formats/ray.ts';
import { skippedBatches } from './formats/skipped-batches.ts';
import { spacy } from './formats/spacy.ts';
import { speech } from './formats/speech.ts';
import { stableBaselines } from './formats/stable-baselines.ts';
import { tfCheckpointManager } from './formats/tf-checkpoint-manager.ts';
import { tfEstimator } from './formats/tf-estimator.ts';
import { torchtune } from './formats/torchtune.ts';
import { tqdm } from './formats/tqdm.ts';
import { transformersCheckpoint } from './formats/transformers-checkpoint.ts';
import { transformersMetrics } from './formats/transformers-metrics.ts';
import { transformersNotebook } from './formats/transformers-notebook.ts';
import { transformersRun } from './formats/transformers-run.ts';
import { translation } from './formats/translation.ts';
import { trl } from './formats/trl.ts';
import { ultralytics } from './formats/ultralytics.ts';
import { ultralyticsProgress } from './formats/ultralytics-progress.ts';
import { unsloth } from './formats/unsloth.ts';
import { vits } from './formats/vits.ts';
import { yolox } from './formats/yolox.ts';

/**
 * Every known format, the specific before the general: within one segment the first format that announces a kind of
 * event is believed, later ones only add what it did not print (the step of a bar to the loss of a dict). A new
 * program is a file in `formats/` and a line here.
 */
export const FORMAT_TABLE: readonly LogFormat[] = [
  stableBaselines,
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
  darkflow,
  fairseq,
  fastai,
  mmengine,
  mmengineProgress,
  megatron,
  deepspeed,
  translation,
  composer,
  detectron2,
  monaiHandlers,
  llamaFactory,
  trl,
  haystack,
  ray,
  boosting,
  catboost,
  nanogpt,
  gan,
  torchtune,
  kohya,
  vits,
  coqui,
  spacy,
  flair,
  allennlp,
  jax,
  speech,
  deepspeech,
  paddle,
  aitextgen,
  tqdm,
  loop,
  loopProgress,
];

/** Also what is worth knowing of a cell that is watched, beside what it trains. A log of the past is not asked for that. */
export const LIVE_TABLE: readonly LogFormat[] = [...FORMAT_TABLE, packageVersions, skippedBatches];
