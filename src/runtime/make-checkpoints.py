"""Makes real checkpoints with a real Trainer, then damages copies of them. Usage: make-checkpoints.py FOLDER"""

import json
import shutil
import sys
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM, Trainer, TrainingArguments

out = Path(sys.argv[1])


class Numbers(torch.utils.data.Dataset):
    def __len__(self):
        return 64

    def __getitem__(self, i):
        ids = torch.arange(i, i + 16) % 256
        return {"input_ids": ids, "labels": ids}


def tiny_model():
    return LlamaForCausalLM(
        LlamaConfig(
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=4,
            vocab_size=256,
        )
    )


def train(model, folder, **arguments):
    args = TrainingArguments(
        output_dir=str(folder), save_steps=10, logging_steps=5, report_to=[], disable_tqdm=True, use_cpu=True, **arguments
    )
    Trainer(model=model, args=args, train_dataset=Numbers()).train()


def copy(step, source=20):
    folder = out / f"checkpoint-{step}"
    shutil.copytree(out / f"checkpoint-{source}", folder)
    set_state(folder, global_step=step)
    return folder


def set_state(folder, **fields):
    path = folder / "trainer_state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields, indent=2))


def cut(path, keep):
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])


lora = LoraConfig(r=4, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
train(get_peft_model(tiny_model(), lora), out, max_steps=20)
train(tiny_model(), out / "full", max_steps=10, save_only_model=True)

cut(copy(101) / "optimizer.pt", 0.9)
cut(copy(102) / "adapter_model.safetensors", 0.9)
(copy(103) / "trainer_state.json").unlink()
cut(copy(104) / "trainer_state.json", 0.5)
(copy(105) / "checkpoint-is-incomplete.txt").write_text("Checkpoint started at step 105 and in progress...")
legacy = copy(106)
(legacy / "adapter_model.safetensors").unlink()
torch.save({"a": torch.zeros(50)}, legacy / "adapter_model.bin", _use_new_zipfile_serialization=False)
set_state(copy(107), global_step=20)
(copy(108) / "rng_state.pth").write_bytes(b"")
set_state(copy(109), best_metric=float("nan"), log_history=[{"step": 5, "loss": 2.5}, {"step": 9, "eval_loss": float("inf")}])
shutil.copytree(out / "full" / "checkpoint-10", out / "checkpoint-110")
set_state(out / "checkpoint-110", global_step=110)
for step, gone in ((111, None), (112, "model-00002")):
    folder = copy(step, source=110)
    (folder / "model.safetensors").unlink()
    LlamaForCausalLM.from_pretrained(out / "checkpoint-110").save_pretrained(folder, max_shard_size="200KB")
    for shard in folder.glob(f"{gone}*"):
        shard.unlink()
cut(copy(113) / "adapter_model.safetensors", 0.01)
