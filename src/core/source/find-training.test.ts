import { describe, expect, it } from 'vitest';
import type { FrameworkTraining } from './framework-training.ts';
import { readTraining, trainingCells } from './read-training.ts';
import type { SourceValue } from './training-source.ts';

/** What the last of some cells trains, in short. */
function read(...sources: readonly string[]): string {
  const cells = sources.map((source, index) => ({ id: `c${index}`, source }));
  const last = `c${sources.length - 1}`;
  const { training, call } = readTraining(cells, last);
  expect(trainingCells(cells).has(last)).toBe(training !== null || call !== null);
  return training === null ? (call === null ? 'nothing' : 'transformers') : short(training);
}

const short = ({ framework, folders, epochs, steps }: FrameworkTraining): string =>
  [framework, folders.map(text).join(' + ') || '-', text(epochs), text(steps)].join(' | ');

const text = (value: SourceValue<string | number>): string =>
  value.kind === 'unknown' ? '?' : value.kind === 'default' ? `(${value.value})` : `${value.value}`;

const pl = 'import lightning as L\nfrom lightning.pytorch.callbacks import ModelCheckpoint\n';
const keras =
  'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile("adam", "mse")\n';

describe('calls that train', () => {
  it.each([
    // Lightning
    ['lightning | (lightning_logs) | 5 | (-1)', [`${pl}trainer = L.Trainer(max_epochs=5)\ntrainer.fit(model, dm)`]],
    ['lightning | (lightning_logs) | (1000) | (-1)', ['import pytorch_lightning as pl\npl.Trainer().fit(model)']],
    ['lightning | logs/lightning_logs | ? | 200', [`${pl}t = L.Trainer(max_steps=200, default_root_dir="logs")`, 't.fit(m)']],
    ['lightning | ckpt/a | 3 | (-1)', [
      `${pl}OUT = "ckpt"\ncb = ModelCheckpoint(dirpath=f"{OUT}/a", filename="{epoch}-{step}", every_n_epochs=1)`,
      'from lightning.pytorch import Trainer\ntrainer = Trainer(max_epochs=3, callbacks=[cb])',
      'trainer.fit(model, train_dataloaders=loader)',
    ]],
    ['lightning | tb/mnist | 2 | (-1)', [
      `${pl}from lightning.pytorch.loggers import TensorBoardLogger\nlogger = TensorBoardLogger("tb", name="mnist")`,
      'trainer = L.Trainer(max_epochs=2, logger=logger)\ntrainer.fit(net)',
    ]],
    ['lightning | ? | ? | ?', ['import lightning', 'trainer = make()\ntrainer.fit(model)'].slice(0, 1).concat('trainer.fit(model)')],
    // Keras
    ['keras | - | 10 | ?', [keras, 'history = model.fit(x, y, epochs=10)']],
    ['keras | - | 3 | ?', [keras, 'model.fit(x, y, 32, 3)']],
    ['keras | ckpt | 20 | ?', [
      `${keras}EPOCHS = 20`,
      'cb = keras.callbacks.ModelCheckpoint("ckpt/m.{epoch:02d}.keras")\nmodel.fit(x, epochs=EPOCHS, callbacks=[cb])',
    ]],
    ['keras | /content/drive/MyDrive/m | (1) | ?', [
      'import os, tensorflow as tf\nDIR = "/content/drive/MyDrive/m"\npath = os.path.join(DIR, "cp-{epoch:04d}.ckpt")',
      'def build():\n  m = tf.keras.models.Sequential()\n  m.compile()\n  return m\nmodel = build()',
      'cb = tf.keras.callbacks.ModelCheckpoint(filepath=path, save_weights_only=True)',
      'model.fit(ds, callbacks=[cb])',
    ]],
    ['keras | /tmp/backup | 5 | ?', [
      keras,
      'model.fit(x, epochs=5, callbacks=[keras.callbacks.BackupAndRestore(backup_dir="/tmp/backup")])',
    ]],
    ['keras | - | (1) | ?', ['import keras\nclass Net(keras.Model):\n  pass\nnet = Net()\nnet.fit(ds)']],
    ['keras | - | 2 | ?', ['import tensorflow as tf\nimport segmentation_models as sm\nmodel = sm.Unet()\nmodel.compile("adam")\nmodel.fit(x, epochs=2)']],
    // ultralytics
    ['ultralytics | (runs/detect/train) | 3 | ?', ['from ultralytics import YOLO\nmodel = YOLO("yolo11n.pt")\nmodel.train(data="coco8.yaml", epochs=3)']],
    ['ultralytics | runs/x/a | (100) | ?', ['from ultralytics import YOLO\nYOLO("a-seg.pt").train(data="d", project="runs/x", name="a")']],
    ['ultralytics | (runs/segment/train) | (100) | ?', ['from ultralytics import YOLO\nYOLO("yolo11n-seg.pt").train(data="d")']],
    // Stable-Baselines3
    ['sb3 | ./logs + best | ? | 10000', [
      'from stable_baselines3 import PPO\nfrom stable_baselines3.common.callbacks import CheckpointCallback, EvalCallback',
      'cb = CheckpointCallback(save_freq=1000, save_path="./logs", name_prefix="rl")\nev = EvalCallback(e, best_model_save_path="best")',
      'model = PPO("MlpPolicy", "CartPole-v1")\nmodel.learn(total_timesteps=10_000, callback=[cb])',
    ]],
    ['sb3 | - | ? | 500', ['import stable_baselines3 as sb3\nsb3.A2C("MlpPolicy", env).learn(500)']],
    // OpenMMLab, detectron2
    ['mmengine | work/a | ? | ?', ['from mmengine.runner import Runner\ncfg.work_dir = "work/a"', 'runner = Runner.from_cfg(cfg)\nrunner.train()']],
    ['detectron2 | (./output) | ? | 300', ['from detectron2.engine import DefaultTrainer\ncfg.SOLVER.MAX_ITER = 300', 'trainer = DefaultTrainer(cfg)\ntrainer.resume_or_load(resume=False)\ntrainer.train()']],
    ['detectron2 | out | ? | ?', ['from detectron2.engine import DefaultTrainer\nclass T(DefaultTrainer):\n  pass\ncfg.OUTPUT_DIR = "out"\nt = T(cfg)\nt.train()']],
    // fastai, boosting, Flair, Composer, Ray
    ['fastai | - | 5 | ?', ['from fastai.vision.all import *\nlearn = vision_learner(dls, resnet18)\nlearn.fit_one_cycle(5)']],
    ['fastai | out/models | 2 | ?', ['from fastai.vision.all import *\nlearn = Learner(dls, m, path="out")', 'learn.fine_tune(2)']],
    ['boosting | ck | ? | 50', ['import xgboost as xgb\nfrom xgboost.callback import TrainingCheckPoint', 'bst = xgb.train(p, d, num_boost_round=50, callbacks=[TrainingCheckPoint("ck")])']],
    ['boosting | - | ? | (100)', ['import lightgbm as lgb', 'lgb.train(p, d)']],
    ['boosting | (catboost_info) | ? | 500', ['from catboost import CatBoostClassifier\nm = CatBoostClassifier(iterations=500, save_snapshot=True)\nm.fit(x, y)']],
    ['flair | res/ner | 10 | ?', ['from flair.trainers import ModelTrainer\ntrainer = ModelTrainer(tagger, corpus)\ntrainer.train("res/ner", max_epochs=10)']],
    ['composer | ck | ? | ?', ['from composer import Trainer\ntrainer = Trainer(model=m, save_folder="ck")\ntrainer.fit()']],
    ['ray | - | ? | ?', ['from ray import tune\ntuner = tune.Tuner(f)\ntuner.fit()']],
  ])('%s', (expected, sources) => {
    expect(read(...sources)).toBe(expected);
  }); // prettier-ignore

  it.each([
    ['scikit-learn', ['from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression()\nmodel.fit(x, y)']],
    ['scikit-learn beside Keras', ['import keras\nfrom sklearn.svm import SVC\nclf = SVC()', 'clf.fit(x, y)']],
    ['a scaler of scikit-learn', ['from tensorflow import keras\nscaler = StandardScaler()\nscaler.fit(x)']],
    ['the mode of a model', ['import torch\nmodel.train()']],
    ['the mode of a YOLO-like module', ['from ultralytics import YOLO\nnet = torch.nn.Linear(1, 1)\nnet.train()']],
    ['one step of an exercise', ['import torch\nopt = torch.optim.SGD(p, lr=1)\nloss.backward()\nopt.step()']],
    ['gradients without steps', ['import torch\nfor i in range(3):\n  loss.backward()\n  print(x.grad)']],
    ['a function that is only defined', ['import torch\ndef train():\n  for b in d:\n    loss.backward()\n    optimizer.step()']],
    ['a scheduler', ['for i in range(3):\n  scheduler.step()']],
    ['an environment', ['for i in range(3):\n  loss.backward()\n  env.step(a)']],
    ['a Lightning module that is defined', [`${pl}class M(L.LightningModule):\n  def training_step(self, b):\n    return 1`]],
    ['Lightning that is tested', [`${pl}trainer = L.Trainer()\ntrainer.test(model)`]],
    ['learning of another kind', ['model = Thing()\nmodel.learn(1000)']],
    ['a CatBoost without snapshots', ['from catboost import CatBoostClassifier\nCatBoostClassifier().fit(x, y)']],
    ['the train of XGBoost that is only named', ['import xgboost as xgb\nf = xgb.train']],
  ])('is not: %s', (_, sources) => {
    expect(read(...sources)).toBe('nothing');
  }); // prettier-ignore
});

const loop =
  'for epoch in range(10):\n  for x, y in loader:\n    loss = f(model(x), y)\n    optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()\n';

describe('loops that train', () => {
  it.each([
    ['pytorch | - | 10 | ?', [`import torch\n${loop}`]],
    ['pytorch | ckpt | 10 | ?', [`import torch\n${loop}  torch.save({"model": model.state_dict(), "epoch": epoch}, f"ckpt/e{epoch}.pt")`]],
    ['pytorch | . | 10 | ?', [`import torch\n${loop}  torch.save(model.state_dict(), f"m_{epoch:03d}.pth")`]],
    ['pytorch | /d/x | 10 | ?', ['import os, torch\nOUT = "/d"', `${loop}  torch.save(model, os.path.join(OUT, "x", "best.pt"))`]],
    ['pytorch | ? | 10 | ?', [`${loop}  torch.save(model, args.out + "/best.pt")`, ''].slice(0, 1).map((s) => `import torch\n${s}`)],
    ['pytorch | out | 3 | ?', [
      'import torch\ndef train_epoch(model, loader, opt):\n  for x in loader:\n    l = model(x)\n    l.backward()\n    opt.step()',
      'def save(state, path):\n  torch.save(state, path)',
      'for e in tqdm(range(3)):\n  train_epoch(net, dl, optim)\n  save({"net": net.state_dict(), "epoch": e + 1}, "out/last.pt")',
    ]],
    ['pytorch | runs | ? | ?', [
      'import torch\nclass Trainer:\n  def __init__(self, m):\n    self.m = m\n  def train(self, n):\n    for e in range(n):\n      self.epoch()\n      torch.save(self.m, "runs/a.pt")\n  def epoch(self):\n    loss.backward()\n    self.optimizer.step()',
      'trainer = Trainer(m)\ntrainer.train(5)',
    ]],
    ['pytorch | - | ? | ?', ['import torch\nwhile True:\n  scaler.scale(loss).backward()\n  scaler.step(optimizer)']],
    ['accelerate | out | 4 | ?', [
      'from accelerate import Accelerator\naccelerator = Accelerator()\nmodel, opt = accelerator.prepare(model, opt)',
      'for epoch in range(4):\n  for b in dl:\n    accelerator.backward(loss)\n    opt.step()\n  accelerator.save_state(f"out/epoch_{epoch}")',
    ]],
    ['accelerate | proj/checkpoints | 4 | ?', [
      'from accelerate import Accelerator\ndef main():\n  accelerator = Accelerator(project_dir="proj")\n  for epoch in range(4):\n    accelerator.backward(loss)\n    accelerator.save_state()\nmain()',
    ]],
    ['deepspeed | ds | 2 | ?', ['import deepspeed\nengine, *_ = deepspeed.initialize(model=m)\nfor e in range(2):\n  engine.backward(loss)\n  engine.step()\n  engine.save_checkpoint("ds")']],
    ['lightning | f | 2 | ?', ['from lightning import Fabric\nfabric = Fabric()\nfor e in range(2):\n  fabric.backward(loss)\n  optimizer.step()\n  fabric.save("f/s.ckpt", state)']],
    ['tensorflow | - | 5 | ?', ['import tensorflow as tf\nfor e in range(5):\n  with tf.GradientTape() as t:\n    pass\n  opt.apply_gradients(zip(g, v))']],
    ['jax | - | ? | ?', ['import jax, optax\n@jax.jit\ndef step(p, b):\n  return optax.apply_updates(p, u)\nfor b in data:\n  p = step(p, b)']],
  ])('%s', (expected, sources) => {
    expect(read(...sources)).toBe(expected);
  }); // prettier-ignore
});

describe('programs that train', () => {
  it.each([
    ['ultralytics | (runs/detect/train) | 3 | ?', '!yolo task=detect mode=train model=yolo11n.pt data=coco8.yaml epochs=3'],
    ['ultralytics | out/a | ? | ?', '!yolo segment train model=a.pt project=out name=a'],
    ['ultralytics | (runs/train/exp) | 3 | ?', '!cd yolov5 && python train.py --img 640 --batch 16 --epochs 3 --data coco128.yaml --weights yolov5s.pt'],
    ['fairseq | (checkpoints) | ? | 1000', '!CUDA_VISIBLE_DEVICES=0 fairseq-train data-bin/x --arch fconv --max-update 1000'],
    ['kohya | out | 10 | ?', '!accelerate launch train_network.py --pretrained_model_name_or_path m --output_dir out --output_name n --max_train_epochs 10'],
    ['diffusers | dog | ? | 500', '!accelerate launch train_dreambooth_lora_sdxl.py --pretrained_model_name_or_path=m --output_dir="dog" --max_train_steps=500'],
    ['nanogpt | (out-shakespeare-char) | ? | ?', '!python train.py config/train_shakespeare_char.py --device=cpu'],
    ['nanogpt | o | ? | 2000', '!cd nanoGPT && python train.py config/x.py --out_dir=o --max_iters=2000'],
    ['mmengine | (work_dirs/rtmdet) | ? | ?', '!python tools/train.py configs/rtmdet/rtmdet.py --amp'],
    ['megatron | ck | ? | 500', '%%bash\ntorchrun pretrain_gpt.py --num-layers 2 --train-iters 500 --save ck --load ck'],
    ['detectron2 | o | ? | ?', '!python tools/train_net.py --config-file c.yaml OUTPUT_DIR o'],
    ['torchtune | ? | ? | ?', '!tune run lora_finetune_single_device --config llama3/8B'],
    ['spacy | ./out | ? | ?', '!python -m spacy train config.cfg --output ./out'],
    ['opennmt | run | ? | 500', '!onmt_train -config c.yaml -save_model run/model -train_steps 500'],
    ['allennlp | s | ? | ?', '!allennlp train c.jsonnet -s s'],
    ['lightning | (lightning_logs) | 3 | ?', '!python main.py fit --config c.yaml --trainer.max_epochs 3'],
    ['stylegan | o | ? | ?', '!python train.py --outdir=o --data=d.zip --gpus=1'],
    ['speechbrain | ? | ? | ?', '!python train.py hparams/train.yaml'],
    ['vits | logs/44k | ? | ?', '!python train.py -c configs/config.json -m 44k'],
    ['espnet | e | ? | ?', '!python3 -m espnet2.bin.asr_train --output_dir e'],
    ['coqui | ? | ? | ?', '!python TTS/bin/train_tts.py --config_path c.json'],
    ['transformers | ? | ? | ?', '!accelerate launch -m axolotl.cli.train c.yml'],
  ])('%s', (expected, source) => {
    expect(read(source).replace(/ \| - \| /, ' | ? | ')).toBe(expected);
  }); // prettier-ignore

  it.each([
    '!yolo predict model=a.pt',
    '!pip install ultralytics',
    '!tune download x',
    '!python -m spacy download en',
    '!fairseq-preprocess x',
    '!python train.txt',
    '!ls train',
  ])('is not: %s', (source) => {
    expect(read(source)).toBe('nothing');
  });
});
