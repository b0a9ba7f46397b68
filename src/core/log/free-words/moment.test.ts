import { describe, expect, test } from 'vitest';
import { momentInName, readMoment } from './moment.ts';

describe('the name of a file tells', () => {
  test.each([
    ['ckpt/step_500.pt', { step: 500 }],
    ['ckpt/epoch=35-step=6299.ckpt', { step: 6299, epoch: 35 }],
    ['logs/ppo_10000_steps.zip', { step: 10000 }],
    ['out/checkpoint-400', { step: 400 }],
    ['out/checkpoint-400/', { step: 400 }],
    ['output/model_0004999.pth', { step: 4999 }],
    ['logs/44k/G_800.pth', { step: 800 }],
    ['run_epoch-12.pt', { epoch: 12 }],
  ])('%s', (path, moment) => {
    expect(momentInName(path)).toEqual(moment);
  });
});

describe('the name of a file does not tell what its number counts', () => {
  test.each([
    'model_5.pt',
    'ckpt_5000.pt',
    'runs/checkpoint_000020',
    'runs/checkpoint_000020/checkpoint-20',
    'tf_ckpts/ckpt-3',
    'logs/G_2333333.pth',
    'step_500/model.pt',
    'footsteps2/x.pt',
  ])('%s', (path) => {
    expect(momentInName(path)).toEqual({});
  });
});

describe('a sentence tells when', () => {
  test.each([
    ['at epoch 5 to x.pt', { epoch: 5 }, ' to x.pt'],
    ['(step 1,200)', { step: 1200 }, ''],
    ['after 3 epochs!', { epoch: 3 }, '!'],
    ['at the end of epoch 2/10', { epoch: 2 }, ''],
    [', global_step: 40', { step: 40 }, ''],
  ])('%s', (text, moment, rest) => {
    expect(readMoment(text)).toEqual({ moment, rest });
  });

  test.each(['epoch_3.pt', 'at noon', 'epochs', '5 minutes'])('not: %s', (text) => {
    expect(readMoment(text)).toBeNull();
  });
});
