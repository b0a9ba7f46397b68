"""Makes real checkpoints of Lightning, Keras and accelerate, then damages copies. Usage: make-other-checkpoints.py FOLDER"""

import logging
import os
import shutil
import sys
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import keras
import lightning
import torch
from accelerate import Accelerator
from accelerate.utils import ProjectConfiguration
from lightning.pytorch.callbacks import ModelCheckpoint

out = Path(sys.argv[1])
numbers = torch.randn(32, 4)


def cut(path, keep=0.9):
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])


class Line(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)

    def training_step(self, batch, index):
        return self.layer(batch).mean()

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())


loader = torch.utils.data.DataLoader(numbers, batch_size=8)
lightning.Trainer(
    max_epochs=3,
    accelerator="cpu",
    default_root_dir=out,
    enable_progress_bar=False,
    enable_model_summary=False,
    callbacks=[ModelCheckpoint(save_top_k=-1, save_last="link")],
).fit(Line(), loader)
cut(out / "lightning_logs/version_0/checkpoints/epoch=1-step=8.ckpt")

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
callbacks = keras.callbacks
model.fit(
    numbers.numpy(),
    numbers.numpy().sum(1),
    epochs=4,
    verbose=0,
    callbacks=[
        callbacks.ModelCheckpoint(str(out / "keras" / "weights.{epoch:02d}.keras")),
        callbacks.ModelCheckpoint(str(out / "weights" / "cp-{epoch:04d}.weights.h5"), save_weights_only=True),
        callbacks.BackupAndRestore(str(out / "backup"), delete_checkpoint=False),
    ],
)
cut(out / "keras" / "weights.03.keras")
cut(out / "weights" / "cp-0003.weights.h5")

accelerator = Accelerator(
    cpu=True,
    project_config=ProjectConfiguration(project_dir=str(out / "accelerate"), automatic_checkpoint_naming=True),
)
layer = torch.nn.Linear(4, 1)
accelerator.prepare(layer, torch.optim.Adam(layer.parameters()))
for _ in range(3):
    accelerator.save_state()
states = out / "accelerate" / "checkpoints"
cut(states / "checkpoint_1" / "optimizer.bin")
(states / "checkpoint_2" / "random_states_0.pkl").unlink()

loop = out / "loop"
loop.mkdir()
torch.save({"model": layer.state_dict()}, loop / "last.pt")
torch.save({"model": layer.state_dict()}, loop / "ckpt_step_20.pt")
torch.save({"model": layer.state_dict()}, loop / "ckpt_step_10.pt", _use_new_zipfile_serialization=False)
shutil.copy(loop / "ckpt_step_20.pt", loop / "ckpt_step_30.pt")
cut(loop / "ckpt_step_30.pt")
