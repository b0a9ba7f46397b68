import { expect, test } from 'vitest';
import { withoutLogPrefix } from './log-prefix.ts';

test.each([
  '[INFO|trainer.py:2889] 2022-11-02 12:30:15,123 >> the message',
  '[INFO|2024-10-22 20:11:27] trainer.py:3503 >>   the message',
  '[WARNING|2024-10-22 20:11:27] llamafactory.train.tuner:143 >> the message',
  '10/27/2021 20:48:15 - INFO - some.module.name -   the message',
  '2023-01-02 03:04:05,678 - some_name - WARNING - the message',
  '2022-12-15 23:55:28 | INFO | fairseq.trainer | the message',
  '2022-12-15 23:55:28.123 | INFO     | package.module:function:255 - the message',
  'INFO:transformers.trainer:the message',
  'INFO: the message',
  '[2025-05-07 22:21:46,859] [INFO] [module.function:231] [PID:1336] [RANK:0] the message',
  '[rank0]: the message',
  '[rank0]:[INFO] the message',
  '0: [INFO] the message',
  '(TrainWorker pid=1234) the message',
  '(TrainWorker pid=1234, ip=10.0.0.1) the message',
  '   the message  ',
])('%s', (text) => {
  expect(withoutLogPrefix(text)).toBe('the message');
});

test.each([
  "{'loss': 1.0}",
  '***** Running training *****',
  'Loss: 5',
  'a [INFO] b',
  'model - v2',
  'word 10:20:30 x',
])('%s has no prefix', (text) => {
  expect(withoutLogPrefix(text)).toBe(text);
});
