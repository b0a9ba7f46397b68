import { expect, it } from 'vitest';
import { readTraining } from '../../source/read-training.ts';
import { resumesByHand } from './by-hand.ts';

const goesOn = (source: string): boolean => {
  const { framework, training } = readTraining([{ id: 'a', source }], 'a');
  return resumesByHand(source, framework, training);
};

it.each([
  ['import lightning as L\nL.Trainer().fit(m, ckpt_path="last")', true],
  ['import lightning as L\nL.Trainer().fit(m)', false],
  ['import keras\nm = keras.Sequential()\nm.fit(x, initial_epoch=3)', true],
  ['import keras\nm = keras.Sequential()\nm.fit(x)', false],
  ['import keras\nm = keras.Sequential()\nm.fit(x, callbacks=[keras.callbacks.BackupAndRestore("b")])', true],
  ['from ultralytics import YOLO\nYOLO("last.pt").train(resume=True)', true],
  ['from ultralytics import YOLO\nYOLO("last.pt").train(resume=False)', false],
  ['import torch\nfor e in r:\n  loss.backward()\n  optimizer.step()', false],
  ['import torch\nm.load_state_dict(c)\nfor e in r:\n  loss.backward()\n  optimizer.step()', false],
  [
    'import torch\nc = torch.load(p)\nm.load_state_dict(c)\nfor e in r:\n  loss.backward()\n  optimizer.step()',
    true,
  ],
  ['!python train.py config/x.py --init_from=resume', true],
  ['!python train.py config/x.py --init_from=scratch', false],
  ['!yolo train model=a.pt data=b', false],
  ['!yolo train model=last.pt resume=True', true],
  ['!fairseq-train d', true],
  ['!torchrun pretrain_gpt.py --num-layers 2 --load x', false],
])('%j goes on: %s', (source, expected) => {
  expect(goesOn(source)).toBe(expected);
});
