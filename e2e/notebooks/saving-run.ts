import { trainingCell } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

export interface SavingRun {
  readonly saves: number;
  readonly secondsBetween: number;
  /** Size of the optimizer's state, other bytes each time; the weights are small. */
  readonly megabytes: number;
  /** So many are left on the disk. */
  readonly kept: number;
}

/** Checkpoints of a size, one after another, as a Trainer with a table would write them; nothing is computed in between. */
export const savingRun = ({ saves, secondsBetween, megabytes, kept }: SavingRun): Notebook =>
  notebook(
    code(
      'setup',
      `
import json, os, shutil, time
import torch
from safetensors.torch import save_file
from transformers.utils.notebook import NotebookTrainingTracker

SAVES, SECONDS, MEGABYTES, KEPT = ${saves}, ${secondsBetween}, ${megabytes}, ${kept}

class SavingRun:
    def save(self, step):
        folder = f"outputs/checkpoint-{step}"
        os.makedirs(folder)
        save_file({"w": torch.zeros(64, 64)}, f"{folder}/adapter_model.safetensors", metadata={"format": "pt"})
        json.dump({"r": 8}, open(f"{folder}/adapter_config.json", "w"))
        for name in ("scheduler.pt", "rng_state.pth", "training_args.bin"):
            torch.save({"step": step}, f"{folder}/{name}")
        torch.save({"state": torch.rand(MEGABYTES * 250_000)}, f"{folder}/optimizer.pt")
        state = {"global_step": step, "max_steps": SAVES * 10, "save_steps": 10, "log_history": []}
        json.dump(state, open(f"{folder}/trainer_state.json", "w"))
        print(f"Saving model checkpoint to {folder}")
        shutil.rmtree(f"outputs/checkpoint-{step - KEPT * 10}", ignore_errors=True)

    def train(self):
        table = NotebookTrainingTracker(SAVES * 10, ["Step", "Training Loss"])
        for step in range(1, SAVES * 10 + 1):
            time.sleep(SECONDS / 10)
            table.update(step, force_update=True)
            if step % 10 == 0:
                self.save(step)

trainer = SavingRun()
`,
    ),
    code(trainingCell, 'trainer.train()'),
  );
