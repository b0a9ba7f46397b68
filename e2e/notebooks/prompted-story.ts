import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { pythonEnvironment, venvPython } from '../jupyter/python-environment.ts';
import { trainingCell } from './lora-story.ts';
import { code, notebook, type Notebook } from './notebook.ts';

/** What the model of `promptedStory` can be asked; the first is markup, for the table to escape. */
export const PROMPTS = ['<b>one</b> two', 'three four five', 'six'];

export const SAVED_AT = [20, 40, 60];

/**
 * A LoRA fine-tune of a model that answers texts. Both are made on the spot: a Llama of two layers and a tokenizer of a few
 * words, saved to `base`, because nothing is downloaded. Each checkpoint answers otherwise.
 */
export const promptedStory: Notebook = notebook(
  code(
    'base',
    `
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, set_seed

set_seed(3407)
words = "<unk> <pad> <eos> one two three four five six seven eight nine ten b < > / user assistant".split()
made = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="<unk>"))
made.pre_tokenizer = pre_tokenizers.Whitespace()
PreTrainedTokenizerFast(
    tokenizer_object=made, unk_token="<unk>", pad_token="<pad>", eos_token="<eos>"
).save_pretrained("base")
config = LlamaConfig(
    vocab_size=len(words),
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=2,
    num_attention_heads=4,
    max_position_embeddings=256,
)
LlamaForCausalLM(config).save_pretrained("base")
`,
  ),
  code(
    'model',
    `
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments

tokenizer = AutoTokenizer.from_pretrained("base")
model = AutoModelForCausalLM.from_pretrained("base")
model = get_peft_model(
    model, LoraConfig(r=8, target_modules=["q_proj", "v_proj", "o_proj"], task_type="CAUSAL_LM")
)
`,
  ),
  code(
    'data',
    `
test_prompts = ${JSON.stringify(PROMPTS)}
counting = tokenizer("one two three four five six seven eight nine ten", return_tensors="pt")["input_ids"][0]
train_dataset = [{"input_ids": counting, "labels": counting} for _ in range(64)]
`,
  ),
  code(
    'trainer',
    `
import time
from transformers import TrainerCallback

class Pace(TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        time.sleep(0.3)

training_args = TrainingArguments(
    output_dir="outputs",
    max_steps=${SAVED_AT.at(-1)},
    save_steps=${SAVED_AT[0]},
    learning_rate=0.05,
    report_to="none",
    seed=3407,
)
trainer = Trainer(
    model=model, args=training_args, train_dataset=train_dataset, processing_class=tokenizer, callbacks=[Pace()]
)
`,
  ),
  code(trainingCell, 'trainer.train()'),
);

const BY_HAND = `
import json, sys
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("base")
def answers(path, prompts):
    model = AutoModelForCausalLM.from_pretrained("base")
    model = (model if path is None else PeftModel.from_pretrained(model, path)).eval()
    found = []
    for prompt in prompts:
        ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
        with torch.no_grad():
            output = model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=128, do_sample=False
            )
        found.append(tokenizer.decode(output[0][ids.shape[1]:], skip_special_tokens=True))
    return found
print("ANSWERS " + json.dumps([answers(path, prompts) for path, prompts in json.loads(sys.argv[1])]))
`;

/**
 * What the models themselves answer, asked by a Python of its own, without any cell.
 *
 * @param asked Path of an adapter (`null`: the base) and the prompts for it.
 */
export const answersByHand = async (
  folder: string,
  asked: readonly (readonly [string | null, readonly string[]])[],
): Promise<readonly (readonly string[])[]> => {
  const child = spawn(venvPython(), ['-c', BY_HAND, JSON.stringify(asked)], {
    cwd: folder,
    env: pythonEnvironment(`${folder}/.home-by-hand`),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const found = /^ANSWERS (.*)$/m.exec(said)?.[1];
  return v.parse(v.array(v.array(v.string())), JSON.parse(found ?? 'null'));
};
