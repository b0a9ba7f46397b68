import { expect, it } from 'vitest';
import { isForInference } from './for-inference.ts';

it.each([
  ['adapter_model.safetensors', true],
  ['adapter_config.json', true],
  ['model-00001-of-00002.safetensors', true],
  ['tokenizer.json', true],
  ['trainer_state.json', true],
  ['global_step400/mp_rank_00_model_states.pt', true],
  ['my_optimizer.pt', true],
  ['optimizer.pt', false],
  ['optimizer.bin', false],
  ['optimizer_0/__0_0.distcp', false],
  ['scheduler.pt', false],
  ['scaler.pt', false],
  ['rng_state.pth', false],
  ['rng_state_3.pth', false],
  ['random_states_0.pkl', false],
  ['training_args.bin', false],
])('%s is for inference: %s', (path, expected) => expect(isForInference(path)).toBe(expected));
