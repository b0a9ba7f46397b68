import { code, notebook, type Notebook } from '../notebook.ts';
import { trainingCell } from '../lora-story.ts';
import { endedAt, torchWeights } from './ended-at.ts';
import type { EpochStory } from './lightning-story.ts';

/** A loop of one's own that saves model and optimizer after each epoch, as the PyTorch tutorial does. */
export const pytorchStory = (
  { epochs, pause }: EpochStory,
  /** What it saves to; "{epoch}" stands for the epoch. */
  file = 'model_epoch_{epoch}.pt',
): Notebook =>
  notebook(
    code(
      'imports',
      `
import os, time
import torch
from torch import nn

torch.manual_seed(7)
os.makedirs("checkpoints", exist_ok=True)
`,
    ),
    code(
      'model',
      `
x = torch.linspace(-1, 1, 512).unsqueeze(1)
y = torch.sin(3 * x)
net = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
criterion = nn.MSELoss()
`,
    ),
    code(
      trainingCell,
      `
EPOCHS = ${epochs}
for epoch in range(EPOCHS):
    for batch in range(0, 512, 64):
        optimizer.zero_grad()
        loss = criterion(net(x[batch:batch + 64]), y[batch:batch + 64])
        loss.backward()
        optimizer.step()
    print(f"Epoch {epoch + 1}/{EPOCHS}, Loss: {loss.item():.4f}")
    torch.save({
        "epoch": epoch,
        "model_state_dict": net.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": loss,
    }, f"checkpoints/${file}")
    time.sleep(${pause})
`,
    ),
    code('after', endedAt('epoch + 1', torchWeights('net.state_dict()'))),
  );
