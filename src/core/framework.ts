import * as v from 'valibot';

/**
 * What trains. Each has its own words in the log, its own shape of a checkpoint on the disk and its own way to go on.
 * `transformers` stands for all that inherit the Hugging Face Trainer (TRL, PEFT, Unsloth, sentence-transformers 3);
 * `pytorch` for a loop that its user wrote.
 */
export const FRAMEWORKS = [
  'transformers',
  'accelerate',
  'diffusers',
  'lightning',
  'keras',
  'tensorflow',
  'ultralytics',
  'fairseq',
  'fastai',
  'detectron2',
  'mmengine',
  'deepspeed',
  'megatron',
  'nemo',
  'torchtune',
  'kohya',
  'sb3',
  'ray',
  'boosting',
  'spacy',
  'flair',
  'allennlp',
  'nanogpt',
  'composer',
  'jax',
  'opennmt',
  'espnet',
  'coqui',
  'vits',
  'speechbrain',
  'paddle',
  'stylegan',
  'pytorch',
] as const;

export const frameworkSchema = v.picklist(FRAMEWORKS);
export type Framework = v.InferOutput<typeof frameworkSchema>;
