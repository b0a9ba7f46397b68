import { describe, expect, it } from 'vitest';
import { readTraining, trainingCells } from './read-training.ts';

const loop = `import torch
def train(out, model, epochs=2):
    for epoch in range(epochs):
        loss = model(1)
        loss.backward()
        optimizer.step()
        torch.save(model.state_dict(), f"{out}/model-{epoch}.pt")`;
const imports = 'from accelerate import notebook_launcher';

const read = (source: string) => {
  const cells = [
    { id: 'a', source: loop },
    { id: 'b', source },
  ];
  const folder = readTraining(cells, 'b').training?.folders[0];
  return { trains: trainingCells(cells).has('b'), folder: folder?.kind === 'unknown' ? null : folder?.value };
};

describe('a function that is launched', () => {
  it.each([
    [`${imports}\nnotebook_launcher(train, ("runs/a", net), num_processes=1)`, 'runs/a'],
    [`${imports}\nargs = ("runs/a", net)\nnotebook_launcher(train, args)`, 'runs/a'],
    [`${imports}\nnotebook_launcher(function=train, args=["runs/a", net])`, 'runs/a'],
    ['import accelerate\naccelerate.notebook_launcher(train, args=(f"runs/{1 + 0}a", net))', 'runs/1a'],
    [`${imports}\nnotebook_launcher(train)`, null],
    [`${imports}\nnotebook_launcher(train, args=made())`, null],
    [`${imports}\nargs = args\nnotebook_launcher(train, args)`, null],
  ])('%j trains, in %j', (source, folder) => {
    expect(read(source)).toEqual({ trains: true, folder });
  });

  it.each([
    [`${imports}\nnotebook_launcher(other)`],
    [`${imports}\nnotebook_launcher()`],
    [`${imports}\nnotebook_launcher(lambda: train())`],
    ['launcher(train)'],
  ])('%j trains nothing that can be seen', (source) => {
    expect(read(source).trains).toBe(false);
  });
});
