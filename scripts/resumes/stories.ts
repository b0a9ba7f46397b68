import type { Story } from './story.ts';

const net = `
import torch
torch.manual_seed(0)
x = torch.randn(32, 4)
y = x.sum(1, keepdim=True)
seen = []
`;

const lightning = `${net}
import lightning as L
class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)
    def training_step(self, batch, index):
        return torch.nn.functional.mse_loss(self.layer(batch[0]), batch[1])
    def on_train_epoch_start(self):
        dies(self.current_epoch == 3)
        seen.append(self.current_epoch)
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=8)
`;
const quiet = 'enable_progress_bar=False, enable_model_summary=False, logger=False';

const keras = `
import os
os.environ["KERAS_BACKEND"] = "torch"
import numpy as np
import keras
x = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")
y = x.sum(1, keepdims=True)
seen = []
class Watch(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        dies(epoch == 3)
        seen.append(epoch)
def build():
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model
model = build()
`;

const loop = `${net}
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.Adam(model.parameters())
steps_before = lambda: int(next(iter(optimizer.state.values()))["step"]) if optimizer.state else 0
`;

const whole = { form: 'file', step: null, holds: 'everything' } as const;

/** Each framework that is at hand, in the shapes that its users write. */
export const STORIES: readonly Story[] = [
  {
    ...whole,
    name: 'lightning: ckpt_path',
    packages: ['lightning'],
    setup: `${lightning}
from lightning.pytorch.callbacks import ModelCheckpoint
keep = ModelCheckpoint(dirpath="ck", filename="{epoch}", save_top_k=-1)
trainer = L.Trainer(max_epochs=6, callbacks=[keep], ${quiet})`,
    train: 'trainer.fit(Net(), loader)',
    checkpoint: 'ck/epoch=2.ckpt',
    epoch: 2,
    tells: '[seen, trainer.current_epoch]',
    expected: [[3, 4, 5], 6],
  },
  {
    ...whole,
    name: 'lightning: weights alone',
    packages: ['lightning'],
    setup: `${lightning}
from lightning.pytorch.callbacks import ModelCheckpoint
keep = ModelCheckpoint(dirpath="ck", filename="{epoch}", save_top_k=-1, save_weights_only=True)
net = Net()
trainer = L.Trainer(max_epochs=3 if SECOND else 6, callbacks=[keep], ${quiet})`,
    train: 'trainer.fit(net, loader)',
    checkpoint: 'ck/epoch=2.ckpt',
    epoch: 2,
    holds: 'weights-only',
    tells: 'seen',
    expected: [0, 1, 2],
  },
  {
    ...whole,
    name: 'lightning: Fabric',
    packages: ['lightning'],
    setup: `${loop}
from lightning import Fabric
fabric = Fabric(accelerator="cpu", devices=1)
model, optimizer = fabric.setup(model, optimizer)
state = {"model": model, "optimizer": optimizer}`,
    train: `for epoch in range(5):
    dies(epoch == 3)
    seen.append((epoch, steps_before()))
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    fabric.backward(loss)
    optimizer.step()
    fabric.save(f"s/{epoch}.ckpt", state)`,
    checkpoint: 's/2.ckpt',
    epoch: 2,
    tells: 'seen',
    expected: [
      [3, 3],
      [4, 4],
    ],
  },
  {
    ...whole,
    name: 'keras: a whole model',
    packages: ['keras'],
    setup: keras,
    train: `keep = keras.callbacks.ModelCheckpoint("ck/m.{epoch:02d}.keras")
model.fit(x, y, epochs=6, verbose=0, callbacks=[keep, Watch()])`,
    checkpoint: 'ck/m.03.keras',
    epoch: 3,
    tells: '[seen, int(model.optimizer.iterations)]',
    expected: [[3, 4, 5], 6],
  },
  {
    ...whole,
    name: 'keras: weights',
    packages: ['keras'],
    setup: keras,
    train: `keep = keras.callbacks.ModelCheckpoint("ck/m.{epoch:02d}.weights.h5", save_weights_only=True)
model.fit(x, y, epochs=6, verbose=0, callbacks=[keep, Watch()])`,
    checkpoint: 'ck/m.03.weights.h5',
    epoch: 3,
    holds: 'weights-only',
    tells: '[seen, int(model.optimizer.iterations)]',
    expected: [[3, 4, 5], 6],
  },
  {
    ...whole,
    name: 'keras: BackupAndRestore',
    packages: ['keras'],
    setup: keras,
    train: `keep = keras.callbacks.BackupAndRestore("backup")
model.fit(x, y, epochs=6, verbose=0, callbacks=[keep, Watch()])`,
    checkpoint: 'backup',
    form: 'folder',
    epoch: null,
    tells: 'seen',
    expected: [3, 4, 5],
  },
  {
    ...whole,
    name: 'accelerate: save_state',
    packages: ['accelerate'],
    setup: `${loop}
from accelerate import Accelerator
accelerator = Accelerator(cpu=True)`,
    train: `model, optimizer = accelerator.prepare(model, optimizer)
for epoch in range(5):
    dies(epoch == 3)
    seen.append((epoch, steps_before()))
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    accelerator.backward(loss)
    optimizer.step()
    accelerator.save_state(f"out/epoch_{epoch}")`,
    checkpoint: 'out/epoch_2',
    form: 'folder',
    epoch: 2,
    tells: 'seen',
    expected: [
      [3, 3],
      [4, 4],
    ],
  },
  {
    ...whole,
    name: 'pytorch: a dictionary',
    packages: ['torch'],
    setup: `${loop}
def train_one(net, opt):
    opt.zero_grad()
    loss = torch.nn.functional.mse_loss(net(x), y)
    loss.backward()
    opt.step()
    return loss.item()
def keep(net, opt, epoch, path):
    torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "epoch": epoch}, path)`,
    train: `for epoch in range(5):
    dies(epoch == 3)
    seen.append((epoch, steps_before()))
    train_one(model, optimizer)
    keep(model, optimizer, epoch, "last.pt")`,
    checkpoint: 'last.pt',
    epoch: null,
    holds: 'unknown',
    tells: 'seen',
    expected: [
      [3, 3],
      [4, 4],
    ],
  },
  {
    ...whole,
    name: 'pytorch: weights alone',
    packages: ['torch'],
    setup: loop,
    train: `for epoch in range(5):
    dies(epoch == 3)
    seen.append(epoch)
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    torch.save(model.state_dict(), f"m_{epoch:02d}.pth")`,
    checkpoint: 'm_02.pth',
    epoch: 2,
    holds: 'weights-only',
    tells: 'seen',
    expected: [3, 4],
  },
  {
    ...whole,
    name: 'stable-baselines3: CheckpointCallback',
    packages: ['stable_baselines3'],
    setup: `
from stable_baselines3 import PPO
from stable_baselines3.common.callbacks import BaseCallback, CheckpointCallback
seen = []
class Watch(BaseCallback):
    def _on_step(self):
        dies(self.num_timesteps >= 400)
        seen.append(self.num_timesteps)
        return True
model = PPO("MlpPolicy", "CartPole-v1", n_steps=64, batch_size=64, device="cpu")`,
    train: `keep = CheckpointCallback(save_freq=128, save_path="rl", name_prefix="ppo")
model.learn(total_timesteps=640, callback=[keep, Watch()])`,
    checkpoint: 'rl/ppo_384_steps.zip',
    epoch: null,
    step: 384,
    tells: '[seen[0], model.num_timesteps]',
    expected: [385, 640],
  },
  {
    ...whole,
    name: 'xgboost: TrainingCheckPoint',
    packages: ['xgboost'],
    setup: `
import numpy as np, os
import xgboost as xgb
os.makedirs("ck", exist_ok=True)
x = np.random.default_rng(0).normal(size=(64, 3))
data = xgb.DMatrix(x, x.sum(1))
class Watch(xgb.callback.TrainingCallback):
    def after_iteration(self, model, epoch, evals_log):
        dies(epoch == 12)
        return False`,
    train: `keep = xgb.callback.TrainingCheckPoint("ck", interval=5)
booster = xgb.train({"max_depth": 2}, data, num_boost_round=20, callbacks=[keep, Watch()])`,
    checkpoint: 'ck/model_10.ubj',
    epoch: null,
    step: 10,
    tells: 'booster.num_boosted_rounds()',
    expected: 20,
  },
];
