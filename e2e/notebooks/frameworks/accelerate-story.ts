import { code, notebook, type Notebook } from '../notebook.ts';
import { trainingCell } from '../lora-story.ts';
import { endedAt, torchWeights } from './ended-at.ts';
import type { EpochStory } from './lightning-story.ts';

/** A loop with accelerate that saves its state after each epoch, as its documentation shows it; nothing is printed. */
export const accelerateStory = ({ epochs, pause }: EpochStory): Notebook =>
  notebook(
    code(
      'imports',
      `
import time
import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from torch.utils.data import DataLoader, TensorDataset

set_seed(7)
accelerator = Accelerator(cpu=True)
`,
    ),
    code(
      'model',
      `
x = torch.linspace(-1, 1, 512).unsqueeze(1)
loader = DataLoader(TensorDataset(x, torch.sin(3 * x)), batch_size=64)
model = torch.nn.Sequential(torch.nn.Linear(1, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
`,
    ),
    code(
      trainingCell,
      `
num_epochs = ${epochs}
for epoch in range(num_epochs):
    for inputs, targets in loader:
        loss = torch.nn.functional.mse_loss(model(inputs), targets)
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
    print(f"Epoch {epoch + 1}/{num_epochs}, loss {loss.item():.4f}")
    accelerator.save_state(f"states/epoch_{epoch}")
    time.sleep(${pause})
`,
    ),
    code('after', endedAt('epoch + 1', torchWeights('model.state_dict()'))),
  );
