import { code, notebook, type Notebook } from './notebook.ts';
import { trainingCell } from './lora-story.ts';

/**
 * A day of training in a minute: the Trainer's own table drawn for 50,000 steps, far faster than any Trainer would, with
 * checkpoints that are written and rotated away meanwhile. Only the arithmetic between the steps is left out.
 */
export const longRun = (steps = 50_000, seconds = 40): Notebook =>
  notebook(
    code(
      'setup',
      `
import json, os, shutil, time
import torch
from safetensors.torch import save_file
from transformers.utils.notebook import NotebookTrainingTracker

STEPS, SAVE_EVERY, KEPT, DRAW_EVERY = ${steps}, ${steps / 10}, 2, 10

class LongRun:
    def save(self, step):
        folder = f"outputs/checkpoint-{step}"
        print(f"Saving model checkpoint to {folder}")
        os.makedirs(folder)
        save_file({"w": torch.zeros(64, 64)}, f"{folder}/adapter_model.safetensors", metadata={"format": "pt"})
        json.dump({"r": 8}, open(f"{folder}/adapter_config.json", "w"))
        for name in ("optimizer.pt", "scheduler.pt", "rng_state.pth", "training_args.bin"):
            torch.save({"step": step}, f"{folder}/{name}")
        state = {"global_step": step, "max_steps": STEPS, "save_steps": SAVE_EVERY, "log_history": []}
        json.dump(state, open(f"{folder}/trainer_state.json", "w"))
        shutil.rmtree(f"outputs/checkpoint-{step - KEPT * SAVE_EVERY}", ignore_errors=True)

    def train(self):
        table = NotebookTrainingTracker(STEPS, ["Step", "Training Loss"])
        for step in range(1, STEPS + 1):
            if step % DRAW_EVERY == 0:
                table.update(step + 1, comment=f"Epoch {step / 1000:.2f}/50", force_update=True)
                time.sleep(${seconds / (steps / 10)})
            if step % (SAVE_EVERY // 5) == 0:
                print({"loss": round(1000 / step, 4), "epoch": step / 1000})
                table.write_line({"Step": step, "Training Loss": 1000 / step})
            if step % SAVE_EVERY == 0:
                self.save(step)
        table.update(STEPS, comment="Epoch 50/50", force_update=True)

trainer = LongRun()
`,
    ),
    code(trainingCell, 'trainer.train()'),
  );
