import { expect, it } from 'vitest';
import { readTraining } from '../source/read-training.ts';
import { folderFromSource, planFromSource } from './plan-from-source.ts';

const of = (source: string) => readTraining([{ id: 'a', source }], 'a');

it.each([
  ['import lightning as L\nL.Trainer(max_epochs=3).fit(m)', null, 3, 'work/lightning_logs', 'lightning_logs'],
  ['import lightning as L\nL.Trainer(max_steps=200).fit(m)', 200, null, 'work/lightning_logs', 'lightning_logs'],
  ['!cd yolov5 && python train.py --img 640 --data d --weights w --epochs 5', null, 5, 'work/yolov5/runs/train/exp', 'runs/train/exp'],
  ['%%bash\ncd a\ncd ..\ncd b\nyolo train model=m.pt', null, null, 'work/b/runs/detect/train', 'runs/detect/train'],
  ['!cd sub && python train.py --output_dir out --max_steps 40', 40, null, 'work/sub/out', 'out'],
  ['from transformers import Trainer, TrainingArguments\nTrainer(m, TrainingArguments("o", max_steps=9)).train()', 9, null, 'work/o', 'o'],
])('%j', (source, maxSteps, maxEpochs, onServer, asWritten) => {
  const plan = planFromSource(of(source));
  expect([plan.maxSteps, plan.maxEpochs ?? null]).toEqual([maxSteps, maxEpochs]);
  expect(folderFromSource(of(source), 'work/a.ipynb', null)).toEqual({
    kind: 'known',
    asWritten,
    onServer,
    from: 'source',
    seen: false,
  });
}); // prettier-ignore

it.each([
  '!cd $HOME && yolo train model=m.pt',
  'import torch\nfor e in range(3):\n  loss.backward()\n  optimizer.step()',
])('no folder: %j', (source) => {
  expect(folderFromSource(of(source), 'work/a.ipynb', null)).toEqual({ kind: 'unknown' });
});
