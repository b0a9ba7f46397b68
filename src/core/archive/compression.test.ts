import { expect, test } from 'vitest';
import { compressionOf } from './compression.ts';

const MIB = 1024 * 1024;

test.each([
  ['config.json', 700, 'deflate'],
  ['checkpoint-400/trainer_state.json', 200_000, 'deflate'],
  ['tokenizer.json', 35_000_000, 'deflate'],
  ['model.safetensors.index.json', 60_000, 'deflate'],
  ['merges.txt', 500_000, 'deflate'],
  ['vocab.bpe', 500_000, 'deflate'],
  ['cl100k_base.tiktoken', 1_700_000, 'deflate'],
  ['tokenizer.model', 500_000, 'deflate'],
  ['sentencepiece.bpe.model', 5_000_000, 'deflate'],
  ['spiece.model', 800_000, 'deflate'],
  ['chat_template.jinja', 4_000, 'deflate'],
  ['zero_to_fp32.py', 30_000, 'deflate'],
  ['README.md', 5_000, 'deflate'],
  ['Training.YAML', 5_000, 'deflate'],
  ['README', 5_000, 'deflate'],
  ['.gitattributes', 1_500, 'deflate'],

  ['model.safetensors', 5_000_000_000, 'store'],
  ['adapter_model.safetensors', 80_000, 'store'],
  ['optimizer.pt', 200_000, 'store'],
  ['pytorch_model.bin', 200_000, 'store'],
  ['rng_state.pth', 15_000, 'store'],
  ['last.ckpt', 200_000, 'store'],
  ['model.keras', 200_000, 'store'],
  ['weights.h5', 200_000, 'store'],
  ['arrays.npz', 200_000, 'store'],
  ['data.zip', 200_000, 'store'],
  ['config.json.gz', 200_000, 'store'],
  ['model.gguf', 200_000, 'store'],
  ['plot.png', 200_000, 'store'],
  ['fasttext.model', 200_000, 'store'],
  ['events.out.tfevents.1700000000.host.1.0', 200_000, 'store'],
  ['unknown', 200_000, 'store'],
  ['.json', 200_000, 'store'],
  ['folder.json/data', 200_000, 'store'],
  ['', 200_000, 'store'],

  ['tiny.json', 127, 'store'],
  ['tiny.json', 128, 'deflate'],
  ['empty.txt', 0, 'store'],
  ['huge.jsonl', 64 * MIB, 'deflate'],
  ['huge.jsonl', 64 * MIB + 1, 'store'],
])('%s of %d bytes: %s', (path, sizeBytes, method) => {
  expect(compressionOf(path, sizeBytes)).toBe(method);
});
