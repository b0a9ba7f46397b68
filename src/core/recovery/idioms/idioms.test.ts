import { describe, expect, it } from 'vitest';
import { readTraining } from '../../source/read-training.ts';
import { withoutOwnLines } from '../holdfast-cell.ts';
import { writeResumeCell } from '../resume-cell.ts';
import type { ResumePoint } from '../resume-point.ts';

const noteText = ({ kind, value }: { readonly kind: string; readonly value: string }): string =>
  value === '' ? kind : `${kind} ${value}`;

/** The cell that resumes the last of some cells, without its first line; or the failure. */
function write(sources: readonly string[], point: Partial<ResumePoint> & { readonly path: string }): string {
  const cells = sources.map((source, index) => ({ id: `c${index}`, source: withoutOwnLines(source) }));
  const last = cells.at(-1);
  const { training } = readTraining(cells, last?.id ?? '');
  if (training === null || last === undefined)
    throw new Error(`nothing trains in ${sources.join('\n---\n')}`);
  const written = writeResumeCell({
    source: last.source,
    target: { kind: 'framework', training },
    point: { form: 'file', step: null, epoch: null, holds: 'everything', ...point },
    comment: 'resumes',
    noteText,
  });
  return written.ok ? written.value.source.replace('# Holdfast: resumes\n', '') : `! ${written.failure.kind}`;
}

const pl = 'import lightning as L';
const keras = 'from tensorflow import keras\nmodel = keras.Sequential()\nmodel.compile("adam")';
const sb3 = 'from stable_baselines3 import PPO\nmodel = PPO("MlpPolicy", env)';
const yolo = 'from ultralytics import YOLO\nmodel = YOLO("yolo11n.pt")';
const H = '  # Holdfast';

describe('calls', () => {
  it.each([
    ['Lightning', [`${pl}\ntrainer = L.Trainer()`, 'trainer.fit(model, dm)'], { path: 'a.ckpt' },
      'trainer.fit(model, dm, ckpt_path="a.ckpt")'],
    ['Lightning, by position', [`${pl}\nt = L.Trainer()`, 't.fit(m, a, b, None, "old")  # go'], { path: 'a.ckpt' },
      't.fit(m, a, b, None, "a.ckpt")  # go'],
    ['Lightning, weights', [`${pl}\nt = L.Trainer()`, 'if 1:\n    t.fit(m)'], { path: 'a.ckpt', holds: 'weights-only' },
      `# Holdfast: weights-only\nif 1:\n    import torch${H}\n    m.load_state_dict(torch.load("a.ckpt", map_location="cpu", weights_only=False)["state_dict"])${H}\n    t.fit(m)`],
    ['Keras, a whole model', [keras, 'h = model.fit(x, epochs=10)'], { path: 'c/m.03.keras', epoch: 3 },
      `model = keras.models.load_model("c/m.03.keras")${H}\nh = model.fit(x, epochs=10, initial_epoch=3)`],
    ['Keras, weights', ['import tensorflow as tf', 'm = tf.keras.Sequential()\nm.compile()\nm.fit(x)'], { path: 'c/m.weights.h5' },
      `# Holdfast: optimizer-by-version\n# Holdfast: set-epoch initial_epoch\nm = tf.keras.Sequential()\nm.compile()\nif hasattr(m.optimizer, "build"): m.optimizer.build(m.trainable_variables)${H}\nm.load_weights("c/m.weights.h5")${H}\nm.fit(x)`],
    ['Keras, through its classes', ['from tensorflow.keras.models import Sequential\nm = Sequential()', 'm.fit(x)'], { path: 'm.keras', epoch: 1 },
      `from tensorflow import keras${H}\nm = keras.models.load_model("m.keras")${H}\nm.fit(x, initial_epoch=1)`],
    ['Keras, a model in passing', [`${keras}\ndef build():\n  return keras.Sequential()`, 'build().fit(x)'], { path: 'm.keras', epoch: 1 },
      `resumed_model = keras.models.load_model("m.keras")${H}\nresumed_model.fit(x, initial_epoch=1)`],
    ['Keras, a backup', [`${keras}\ncb = keras.callbacks.BackupAndRestore("bk")`, 'model.fit(x, callbacks=[cb])'], { path: 'bk', form: 'folder' },
      '# Holdfast: runs-again\nmodel.fit(x, callbacks=[cb])'],
    ['ultralytics, built above', [yolo, 'model.train(data="d", epochs=3)'], { path: 'w/last.pt' },
      `# Holdfast: settings-of-checkpoint\nmodel = YOLO("w/last.pt")${H}\nmodel.train(data="d", epochs=3, resume=True)`],
    ['ultralytics, built here', [`${yolo}\nr = model.train(data="d", resume=False)`], { path: 'w/last.pt' },
      '# Holdfast: settings-of-checkpoint\nfrom ultralytics import YOLO\nmodel = YOLO("w/last.pt")\nr = model.train(data="d", resume=True)'],
    ['ultralytics, in passing', ['from ultralytics import YOLO\nYOLO("a.pt").train(data="d")'], { path: 'last.pt' },
      '# Holdfast: settings-of-checkpoint\nfrom ultralytics import YOLO\nYOLO("last.pt").train(data="d", resume=True)'],
    ['SB3', [sb3, 'model.learn(total_timesteps=10_000, callback=cb)'], { path: 'l/rl_500_steps.zip' },
      `model = PPO.load("l/rl_500_steps.zip", env=model.get_env())${H}\nmodel.learn(total_timesteps=10_000 - model.num_timesteps, callback=cb, reset_num_timesteps=False)`],
    ['SB3, in passing', ['import stable_baselines3 as sb\nm = sb.SAC("P", "E").learn(2 * n)'], { path: 'a.zip' },
      `# Holdfast: replay-buffer\nimport stable_baselines3 as sb\nresumed_model = sb.SAC.load("a.zip", env=(sb.SAC("P", "E")).get_env())${H}\nm = resumed_model.learn((2 * n) - resumed_model.num_timesteps, reset_num_timesteps=False)`],
    ['MMEngine', ['from mmengine.runner import Runner', 'runner = Runner.from_cfg(cfg)\nrunner.train()'], { path: 'epoch_3.pth' },
      `cfg.load_from = "epoch_3.pth"${H}\ncfg.resume = True${H}\nrunner = Runner.from_cfg(cfg)\nrunner.train()`],
    ['MMEngine, built above', ['from mmengine.runner import Runner\nrunner = Runner.from_cfg(cfg)', 'runner.train()'], { path: 'e.pth' },
      `cfg.load_from = "e.pth"${H}\ncfg.resume = True${H}\nrunner = Runner.from_cfg(cfg)${H}\nrunner.train()`],
    ['MMEngine, a runner of its own', ['from mmengine.runner import Runner\nr = Runner(model=m)\nr.train()'], { path: 'e.pth' },
      'from mmengine.runner import Runner\nr = Runner(model=m, load_from="e.pth", resume=True)\nr.train()'],
    ['detectron2', ['from detectron2.engine import DefaultTrainer\nt = DefaultTrainer(cfg)', 't.resume_or_load(resume=False)\nt.train()'], { path: 'output/model_0001.pth' },
      '# Holdfast: takes-newest model_0001.pth\nt.resume_or_load(resume=True)\nt.train()'],
    ['detectron2, from scratch', ['from detectron2.engine import DefaultTrainer\nt = DefaultTrainer(cfg)', 't.train()'], { path: 'm.pth' },
      `# Holdfast: takes-newest m.pth\nt.resume_or_load(resume=True)${H}\nt.train()`],
    ['fastai', ['from fastai.vision.all import *\nlearn = vision_learner(dls, r)', 'learn.fit_one_cycle(5)'], { path: 'models/model_2.pth', epoch: 2, holds: 'unknown' },
      `# Holdfast: weights-only\nimport os.path as os_path${H}\nlearn.load(os_path.abspath("models/model_2"))${H}\nlearn.fit_one_cycle(5, start_epoch=3)`],
    ['XGBoost', ['import xgboost as xgb', 'b = xgb.train(p, d, 50)'], { path: 'm_9.ubj' },
      'b = xgb.train(p, d, 50 - xgb.Booster(model_file="m_9.ubj").num_boosted_rounds(), xgb_model="m_9.ubj")'],
    ['XGBoost by keyword', ['import xgboost as xgb', 'b = xgb.train(p, d, num_boost_round=N + 1, xgb_model="o")'], { path: 'm' },
      'b = xgb.train(p, d, num_boost_round=(N + 1) - xgb.Booster(model_file="m").num_boosted_rounds(), xgb_model="m")'],
    ['LightGBM', ['import lightgbm as lgb', 'lgb.train(p, d)'], { path: 'm.txt' },
      'lgb.train(p, d, init_model="m.txt", num_boost_round=100 - lgb.Booster(model_file="m.txt").current_iteration())'],
    ['Flair', ['from flair.trainers import ModelTrainer\nt = ModelTrainer(m, c)', 't.train("r", max_epochs=3)'], { path: 'r/checkpoint.pt' },
      '# Holdfast: settings-of-checkpoint\nt.resume(model=type(t.model).load("r/checkpoint.pt"))'],
    ['Composer', ['from composer import Trainer\nt = Trainer(model=m)\nt.fit()'], { path: 'c/ep1.pt' },
      'from composer import Trainer\nt = Trainer(model=m, load_path="c/ep1.pt")\nt.fit()'],
    ['Ray', ['from ray import tune\ntuner = tune.Tuner(f)', 'tuner.fit()'], { path: '/r/exp/trial/checkpoint_1', form: 'folder' },
      `tuner = tune.Tuner.restore("/r/exp", trainable=f)${H}\ntuner.fit()`],
    ['a call in a function of another cell', [`${pl}\ndef main():\n  L.Trainer().fit(m)`, 'main()'], { path: 'a' }, '! trains-elsewhere'],
    ['a function that only reads the name', [`${keras}\ndef go():\n  model.summary()\n  model.fit(x)\ngo()`], { path: 'a.keras', epoch: 1 }, '! trains-elsewhere'],
    ['a function that has the name', [`${keras}\ndef go():\n  model = keras.Sequential()\n  model.fit(x)\ngo()`], { path: 'a.keras', epoch: 1 },
      `${keras}\ndef go():\n  model = keras.Sequential()\n  model = keras.models.load_model("a.keras")${H}\n  model.fit(x, initial_epoch=1)\ngo()`],
    ['a call with stars', [`${pl}\nt = L.Trainer()`, 't.fit(*a, **k)'], { path: 'a' }, 't.fit(*a, **k, ckpt_path="a")'],
    ['two statements of a line', [`${pl}\nt = L.Trainer()`, 'x = 1; t.fit(m)'], { path: 'a', holds: 'weights-only' },
      `# Holdfast: weights-only\nimport torch${H}\nm.load_state_dict(torch.load("a", map_location="cpu", weights_only=False)["state_dict"])${H}\nx = 1; t.fit(m)`],
    ['a magic', [keras, '%time model.fit(x)'], { path: 'a.keras', epoch: 2 },
      `model = keras.models.load_model("a.keras")${H}\n%time model.fit(x, initial_epoch=2)`],
  ] as const)('%s', (_, sources, point, expected) => {
    expect(write(sources, point)).toBe(expected);
  }); // prettier-ignore
});

const body = '  for x, y in loader:\n    loss.backward()\n    optimizer.step()\n';
const load = (path: string, only = 'True'): string =>
  `import torch${H}\ncheckpoint = torch.load("${path}", map_location="cpu", weights_only=${only})${H}\n`;

describe('loops', () => {
  it.each([
    ['all of it', [`import torch\nfor epoch in range(10):\n${body}  torch.save({"model": model.state_dict(), "opt": optimizer.state_dict(), "epoch": epoch}, "last.pt")`], { path: 'last.pt' },
      `import torch\n${load('last.pt')}model.load_state_dict(checkpoint["model"])${H}\noptimizer.load_state_dict(checkpoint["opt"])${H}\nstart_epoch = checkpoint["epoch"] + 1${H}\nfor epoch in range(start_epoch, 10):\n${body}  torch.save({"model": model.state_dict(), "opt": optimizer.state_dict(), "epoch": epoch}, "last.pt")`],
    ['the next epoch saved', [`import torch\nfor e in tqdm(range(1, N + 1)):\n${body}  torch.save(dict(net=net.state_dict(), o=optimizer.state_dict(), epoch=e + 1, best_acc=best_acc, args=args), f"c/e{e}.pt")`], { path: 'c/e4.pt' },
      `import torch\n${load('c/e4.pt', 'False')}net.load_state_dict(checkpoint["net"])${H}\noptimizer.load_state_dict(checkpoint["o"])${H}\nbest_acc = checkpoint["best_acc"]${H}\nstart_epoch = checkpoint["epoch"]${H}\nfor e in tqdm(range(start_epoch, N + 1)):\n${body}  torch.save(dict(net=net.state_dict(), o=optimizer.state_dict(), epoch=e + 1, best_acc=best_acc, args=args), f"c/e{e}.pt")`],
    ['weights alone, the epoch in the name', [`import torch\nfor epoch in range(3):\n${body}  torch.save(model.state_dict(), f"m_{epoch:03d}.pth")`], { path: '/d/m_001.pth' },
      `# Holdfast: weights-only\nimport torch\nimport torch${H}\nmodel.load_state_dict(torch.load("/d/m_001.pth", map_location="cpu", weights_only=True))${H}\nfor epoch in range(2, 3):\n${body}  torch.save(model.state_dict(), f"m_{epoch:03d}.pth")`],
    ['a whole model', [`import torch\nwhile True:\n${body}  torch.save(model, "m.pt")`], { path: 'm.pt' },
      `# Holdfast: weights-only\n# Holdfast: set-epoch epoch\nimport torch\nimport torch${H}\nmodel.load_state_dict(torch.load("m.pt", map_location="cpu", weights_only=False).state_dict())${H}\nwhile True:\n${body}  torch.save(model, "m.pt")`],
    ['within an epoch', [`import torch\nfor epoch in range(3):\n  for x in d:\n    loss.backward()\n    optimizer.step()\n    torch.save({"m": m.state_dict(), "optim": optimizer.state_dict(), "epoch": epoch}, "a.pt")`], { path: 'a.pt' },
      `# Holdfast: epoch-again\nimport torch\n${load('a.pt')}m.load_state_dict(checkpoint["m"])${H}\noptimizer.load_state_dict(checkpoint["optim"])${H}\nstart_epoch = checkpoint["epoch"]${H}\nfor epoch in range(start_epoch, 3):\n  for x in d:\n    loss.backward()\n    optimizer.step()\n    torch.save({"m": m.state_dict(), "optim": optimizer.state_dict(), "epoch": epoch}, "a.pt")`],
    ['the one of two that fits', [`import torch\nfor epoch in range(3):\n${body}  torch.save(best.state_dict(), "best.pt")\n  torch.save(model.state_dict(), f"e{epoch}.pt")`], { path: 'out/best.pt' },
      `# Holdfast: weights-only\n# Holdfast: set-epoch epoch\nimport torch\nimport torch${H}\nbest.load_state_dict(torch.load("out/best.pt", map_location="cpu", weights_only=True))${H}\nfor epoch in range(3):\n${body}  torch.save(best.state_dict(), "best.pt")\n  torch.save(model.state_dict(), f"e{epoch}.pt")`],
    ['helpers of other cells', ['import torch\ndef train_one(net, loader, optim):\n  for x in loader:\n    loss.backward()\n    optim.step()\ndef save(net, optim, epoch, path):\n  torch.save({"net": net.state_dict(), "optim": optim.state_dict(), "epoch": epoch}, path)', 'for i in range(5):\n  train_one(model, dl, opt)\n  save(model, opt, i, f"ck/{i}.pt")'], { path: 'ck/2.pt' },
      `${load('ck/2.pt')}model.load_state_dict(checkpoint["net"])${H}\nopt.load_state_dict(checkpoint["optim"])${H}\nstart_epoch = checkpoint["epoch"] + 1${H}\nfor i in range(start_epoch, 5):\n  train_one(model, dl, opt)\n  save(model, opt, i, f"ck/{i}.pt")`],
    ['a loop in another cell', ['import torch\ndef fit(net, opt, n):\n  for epoch in range(n):\n    loss.backward()\n    opt.step()\n    torch.save({"net": net.state_dict(), "opt": opt.state_dict()}, "a.pt")', 'fit(model, optimizer, 5)'], { path: 'a.pt' },
      `# Holdfast: set-epoch epoch\n${load('a.pt')}model.load_state_dict(checkpoint["net"])${H}\noptimizer.load_state_dict(checkpoint["opt"])${H}\nfit(model, optimizer, 5)`],
    ['a loop in a function of the cell', [`import torch\ndef fit():\n  for epoch in range(5):\n    loss.backward()\n    opt.step()\n    torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "epoch": epoch}, "a.pt")\nfit()`], { path: 'a.pt' },
      `import torch\ndef fit():\n  import torch as _torch${H}\n  checkpoint = _torch.load("a.pt", map_location="cpu", weights_only=True)${H}\n  net.load_state_dict(checkpoint["net"])${H}\n  opt.load_state_dict(checkpoint["opt"])${H}\n  start_epoch = checkpoint["epoch"] + 1${H}\n  for epoch in range(start_epoch, 5):\n    loss.backward()\n    opt.step()\n    torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "epoch": epoch}, "a.pt")\nfit()`],
    ['no save', [`import torch\nfor e in range(3):\n${body}`], { path: 'a.pt' }, '! no-save-call'],
    ['none that fits', [`import torch\nfor e in range(3):\n${body}  torch.save(m.state_dict(), "a.pt")`], { path: 'b.pt' }, '! no-save-call'],
    ['accelerate', ['from accelerate import Accelerator\naccelerator = Accelerator()', 'model = accelerator.prepare(model)\nfor epoch in range(4):\n  for b in dl:\n    accelerator.backward(loss)\n  accelerator.save_state(f"out/epoch_{epoch}")'], { path: 'out/epoch_1', form: 'folder' },
      `model = accelerator.prepare(model)\naccelerator.load_state("out/epoch_1")${H}\nfor epoch in range(2, 4):\n  for b in dl:\n    accelerator.backward(loss)\n  accelerator.save_state(f"out/epoch_{epoch}")`],
    ['accelerate, in steps', ['from accelerate import Accelerator\naccelerator = Accelerator()', 'for epoch in range(4):\n  for b in dl:\n    accelerator.backward(loss)\n    accelerator.save_state(f"out/step_{n}")'], { path: 'out/step_9', form: 'folder' },
      `# Holdfast: set-epoch epoch\n# Holdfast: skip-batches\naccelerator.load_state("out/step_9")${H}\nfor epoch in range(4):\n  for b in dl:\n    accelerator.backward(loss)\n    accelerator.save_state(f"out/step_{n}")`],
    ['DeepSpeed', ['import deepspeed\nengine, *_ = deepspeed.initialize(model=m)', 'for e in range(2):\n  engine.backward(loss)\n  engine.save_checkpoint("ds")'], { path: 'ds/global_step10', form: 'folder' },
      `# Holdfast: set-epoch e\nengine.load_checkpoint("ds", tag="global_step10")${H}\nfor e in range(2):\n  engine.backward(loss)\n  engine.save_checkpoint("ds")`],
    ['Fabric', ['from lightning import Fabric\nfabric = Fabric()', 'for e in range(2):\n  fabric.backward(loss)\n  fabric.save(f"s{e}.ckpt", state)'], { path: 's0.ckpt' },
      `fabric.load("s0.ckpt", state)${H}\nfor e in range(1, 2):\n  fabric.backward(loss)\n  fabric.save(f"s{e}.ckpt", state)`],
    ['TensorFlow', ['import tensorflow as tf\nckpt = tf.train.Checkpoint(m=m)\nmanager = tf.train.CheckpointManager(ckpt, "tc", max_to_keep=3)', 'for e in range(2):\n  opt.apply_gradients(zip(g, v))\n  manager.save()'], { path: 'tc/ckpt-1', form: 'prefix' },
      `# Holdfast: set-epoch e\nckpt.restore("tc/ckpt-1")${H}\nfor e in range(2):\n  opt.apply_gradients(zip(g, v))\n  manager.save()`],
    ['JAX', ['import jax, optax\nfor b in d:\n  p = optax.apply_updates(p, u)'], { path: 'a' }, '! idiom-unknown'],
  ] as const)('%s', (_, sources, point, expected) => {
    expect(write(sources, point)).toBe(expected);
  }); // prettier-ignore

  it('is written once more without what it wrote before', () => {
    const source = `import torch\nfor epoch in range(10):\n${body}  torch.save({"m": m.state_dict(), "o": o.state_dict(), "epoch": epoch}, f"{epoch}.pt")`;
    const once = `# Holdfast: resumes\n${write([source], { path: '1.pt' })}`;
    expect(`# Holdfast: resumes\n${write([once], { path: '1.pt' })}`).toBe(once);
    expect(write([once], { path: '7.pt' })).toContain('"7.pt"');
    expect(write([once], { path: '7.pt' })).not.toContain('"1.pt"');
  });
});

describe('programs', () => {
  it.each([
    ['!yolo train model=yolo11n.pt data=c.yaml', { path: 'w/last.pt' }, '# Holdfast: settings-of-checkpoint\n!yolo train model=w/last.pt data=c.yaml resume=True'],
    ['!cd yolov5 && python train.py --img 640 --data d --weights a.pt', { path: 'runs/train/exp/weights/last.pt' },
      '# Holdfast: settings-of-checkpoint\n!cd yolov5 && python train.py --img 640 --data d --weights a.pt --resume runs/train/exp/weights/last.pt'],
    ['!fairseq-train d --arch a | tee log', { path: 'checkpoints/checkpoint_last.pt' }, '!fairseq-train d --arch a --restore-file checkpoints/checkpoint_last.pt | tee log'],
    ['!accelerate launch train_network.py --output_name n', { path: 'o/n-000002-state', form: 'folder' }, '!accelerate launch train_network.py --output_name n --resume o/n-000002-state'],
    ['!accelerate launch train_network.py --output_name n', { path: 'o/n-000002.safetensors' }, '! cannot-resume'],
    ['!accelerate launch train_dreambooth.py --resume_from_checkpoint latest', { path: 'o/checkpoint-5', form: 'folder' }, '!accelerate launch train_dreambooth.py --resume_from_checkpoint o/checkpoint-5'],
    ['!python train.py config/train_gpt2.py --device=cpu', { path: 'out/ckpt.pt' }, '!python train.py config/train_gpt2.py --device=cpu --init_from=resume'],
    ['!python train.py config/train_gpt2.py --init_from=scratch', { path: 'out/ckpt.pt' }, '!python train.py config/train_gpt2.py --init_from=resume'],
    ['!python tools/train.py configs/a.py', { path: 'work_dirs/a/epoch_1.pth' }, '!python tools/train.py configs/a.py --resume work_dirs/a/epoch_1.pth'],
    ['!torchrun pretrain_gpt.py --num-layers 2 --load x', { path: 'ck/iter_0000005', form: 'folder' }, '# Holdfast: takes-newest iter_0000005\n!torchrun pretrain_gpt.py --num-layers 2 --load ck'],
    ['!python train_net.py --config-file c.yaml', { path: 'output/m.pth' }, '# Holdfast: takes-newest m.pth\n!python train_net.py --config-file c.yaml --resume'],
    ['!tune run r --config c', { path: 'o/epoch_0', form: 'folder' }, '# Holdfast: name-files\n!tune run r --config c resume_from_checkpoint=True'],
    ['!onmt_train -config c.yaml', { path: 'r/m_step_5.pt' }, '!onmt_train -config c.yaml -train_from r/m_step_5.pt'],
    ['!allennlp train c -s s', { path: 's/m.th' }, '# Holdfast: takes-newest m.th\n!allennlp train c -s s --recover'],
    ['!python train.py --outdir=o --data=d --gpus=1', { path: 'o/n.pkl' }, '!python train.py --outdir=o --data=d --gpus=1 --resume=o/n.pkl'],
    ['!python train.py hparams/a.yaml', { path: 's/CKPT+1', form: 'folder' }, '# Holdfast: runs-again\n!python train.py hparams/a.yaml'],
    ['!python main.py fit --config c.yaml', { path: 'l/a=1.ckpt' }, '!python main.py fit --config c.yaml --ckpt_path=l/a=1.ckpt'],
    ['!python -m spacy train c.cfg --output o', { path: 'o/model-last', form: 'folder' }, '! cannot-resume'],
    ['!fairseq-train d', { path: 'a\0' }, '! path-not-writable'],
    ['%%bash\ncd x\nyolo train model=a.pt &\nls', { path: 'last.pt' }, '%%bash\n# Holdfast: settings-of-checkpoint\ncd x\nyolo train model=last.pt resume=True &\nls'],
  ] as const)('%s', (source, point, expected) => {
    const written = write([source], point);
    const first = source.startsWith('%%') ? written.replace('# Holdfast: resumes\n', '') : written;
    expect(first).toBe(expected);
  }); // prettier-ignore
});

describe('loops that were asked for a checkpoint', () => {
  const asked = { models: ['net'], optimizers: ['opt'] };
  const torch = 'import torch\nnet = torch.nn.Linear(1, 1)\nopt = torch.optim.SGD(net.parameters(), lr=1)';
  const step = 'net(x).sum().backward()\n    opt.step()';
  const loads = ['net.load_state_dict(holdfast_saved["models"]["net"])', 'opt.load_state_dict(holdfast_saved["optimizers"]["opt"])'];

  it.each([
    ['of steps', `for i in range(100):\n    ${step}`, 'for i in range(holdfast_saved["numbers"]["i"] + 1, 100):', ''],
    ['of epochs', `for e in range(9):\n  for x in data:\n    ${step}`, 'for e in range(holdfast_saved["numbers"]["e"], 9):', 'epoch-again'],
    ['without an end', `while True:\n    ${step}`, 'while True:', 'set-epoch epoch'],
  ])('%s', (_, loop, begins, notes) => {
    const cell = write([torch, loop], { path: 'a/checkpoint-step-7.pt', asked });
    for (const line of loads) expect(cell).toContain(`${line}${H}\n`);
    expect(cell).toContain(`holdfast_saved = holdfast_torch.load("a/checkpoint-step-7.pt", map_location="cpu", weights_only=True)${H}\n`);
    expect(cell).toContain(`\n${begins}\n`);
    expect(cell.split('\n').filter((line) => line.startsWith('# Holdfast: '))).toEqual(
      notes === '' ? [] : [`# Holdfast: ${notes}`],
    );
  });

  it('in a function of another cell, nothing can be put before it', () => {
    const train = `def train():\n  for i in range(9):\n    ${step}`;
    expect(write([torch, train, 'train()'], { path: 'checkpoint-step-7.pt', asked })).toBe('! trains-elsewhere');
  });
}); // prettier-ignore
