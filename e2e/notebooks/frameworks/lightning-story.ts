import { code, notebook, type Notebook } from '../notebook.ts';
import { trainingCell } from '../lora-story.ts';
import { endedAt, torchWeights } from './ended-at.ts';

export interface EpochStory {
  readonly epochs: number;
  /** Waited in each epoch, in seconds. */
  readonly pause: number;
}

/**
 * A small regression in Lightning (2.6) with nothing said about checkpoints: it writes one at the end of each epoch and
 * prints nothing about it.
 */
export const lightningStory = ({ epochs, pause }: EpochStory): Notebook =>
  notebook(
    code(
      'imports',
      `
import time
import lightning as L
import torch
from torch.utils.data import DataLoader, TensorDataset

L.seed_everything(7)
`,
    ),
    code(
      'data',
      `
x = torch.linspace(-1, 1, 512).unsqueeze(1)
loader = DataLoader(TensorDataset(x, torch.sin(3 * x)), batch_size=64)
`,
    ),
    code(
      'model',
      `
class Sine(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = torch.nn.Sequential(torch.nn.Linear(1, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))

    def training_step(self, batch, batch_index):
        inputs, targets = batch
        return torch.nn.functional.mse_loss(self.net(inputs), targets)

    def on_train_epoch_end(self):
        time.sleep(${pause})

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-2)

model = Sine()
`,
    ),
    code(
      trainingCell,
      `
trainer = L.Trainer(max_epochs=${epochs}, accelerator="cpu")
trainer.fit(model, loader)
`,
    ),
    code('after', endedAt('trainer.current_epoch', torchWeights('model.state_dict()'))),
  );
