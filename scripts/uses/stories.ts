import type { Story } from './story.ts';

/** A tokenizer that knows a few words, made on the spot: there is nothing to download. */
const tokenizer = `
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
words = "<unk> <pad> <eos> one two three four five six seven eight nine ten user assistant".split()
made = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="<unk>"))
made.pre_tokenizer = pre_tokenizers.Whitespace()
words_of = PreTrainedTokenizerFast(tokenizer_object=made, unk_token="<unk>", pad_token="<pad>", eos_token="<eos>")
`;

const template = `
words_of.chat_template = "{% for m in messages %}user {{ m['content'] }} {% endfor %}{% if add_generation_prompt %}assistant{% endif %}"
`;

const llama = `
from transformers import LlamaConfig, LlamaForCausalLM
torch.manual_seed(0)
config = LlamaConfig(vocab_size=len(words), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                     num_attention_heads=4, max_position_embeddings=256)
LlamaForCausalLM(config).save_pretrained("base")
`;

/** The answer by hand: what is asked, as ids, and the greedy end of it. */
const byHand = `
def by_hand(model, ids):
    model.eval()
    with torch.no_grad():
        output = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=128, do_sample=False)
    return words_of.decode(output[0][ids.shape[1]:], skip_special_tokens=True)
`;

const PROMPTS = ['one two', 'three <b>four</b>', 'five'];
const prompts = `test_prompts = ${JSON.stringify(PROMPTS)}\n`;

const adapters = `
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer
def adapter(step):
    torch.manual_seed(step)
    base = AutoModelForCausalLM.from_pretrained("base")
    own = LoraConfig(r=4, target_modules=["q_proj", "v_proj", "o_proj"], task_type="CAUSAL_LM",
                     init_lora_weights=False, modules_to_save=["lm_head"])
    model = get_peft_model(base, own)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "modules_to_save" in name:
                weight.add_(torch.randn_like(weight))
    model.save_pretrained(f"outputs/checkpoint-{step}")
    return model
`;

const loadsBase = `
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("base")
model = AutoModelForCausalLM.from_pretrained("base")
`;

const answersOf = (model: string): string =>
  `[by_hand(${model}, words_of(prompt, return_tensors="pt")["input_ids"]) for prompt in test_prompts]`;

const peft = {
  packages: ['torch', 'transformers', 'peft'],
  setup: loadsBase + prompts,
  framework: 'transformers',
  form: 'folder',
} as const;

const net = `
import torch
torch.manual_seed(0)
x = torch.randn(8, 4)
`;

const keras = `
import os
os.environ["KERAS_BACKEND"] = "torch"
import numpy as np
import keras
x = np.ones((8, 4), "float32")
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
`;

const lightning = `${net}
import lightning as L
class Net(L.LightningModule):
    def __init__(self, width, rate=0.1):
        super().__init__()
        HYPERPARAMETERS
        self.layer = torch.nn.Linear(width, 1)
    def forward(self, batch):
        return self.layer(batch)
    def training_step(self, batch, index):
        return self(batch[0]).square().mean()
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters())
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), batch_size=4)
`;

const fit = `
trainer = L.Trainer(max_epochs=1, enable_progress_bar=False, enable_model_summary=False, logger=False, enable_checkpointing=False)
trainer.fit(net, loader)
trainer.save_checkpoint("last.ckpt")
`;

/** The first weights of a detector, as its file keeps them: in halves. */
const firstWeights = (model: string): string =>
  `next(${model}.model.parameters()).flatten()[:8].half().tolist()`;

/** Each way in which a checkpoint is loaded, as far as its packages are at hand. */
export const STORIES: readonly Story[] = [
  {
    ...peft,
    name: 'peft: one adapter, by the chat template of its tokenizer',
    before: `${tokenizer}${template}${llama}words_of.save_pretrained("base")\n`,
    train: `${adapters}adapter(100)\n${tokenizer}${template}words_of.save_pretrained("outputs/checkpoint-100")\n${byHand}`,
    checkpoints: ['outputs/checkpoint-100'],
    expected:
      '[by_hand(adapter(100), words_of("user Write here what the model is to answer. assistant", return_tensors="pt")["input_ids"])]',
    tells: 'printed',
  },
  {
    ...peft,
    name: 'peft: three adapters on one base, one of them broken',
    before: `${tokenizer}${llama}words_of.save_pretrained("base")\n`,
    train: `${adapters}
models_of = {step: adapter(step) for step in (100, 200, 300)}
open("outputs/checkpoint-100/adapter_model.safetensors", "wb").write(b"broken")
${tokenizer}${byHand}`,
    checkpoints: ['outputs/checkpoint-100', 'outputs/checkpoint-200', 'outputs/checkpoint-300'],
    expected: `[["", "Without training", "checkpoint-100", "checkpoint-200", "checkpoint-300"], test_prompts, ${answersOf('AutoModelForCausalLM.from_pretrained("base")')}, "SafetensorError", ${answersOf('models_of[200]')}, ${answersOf('models_of[300]')}]`,
    tells:
      '[rows[0], [row[0] for row in rows[1:]], [row[1] for row in rows[1:]], rows[1][2].split(":")[0], [row[-2] for row in rows[1:]], [row[-1] for row in rows[1:]]]',
  },
  {
    ...peft,
    name: 'transformers: whole models, saved by the Trainer',
    before: `${tokenizer}${llama}words_of.save_pretrained("base")\n`,
    train: `
from transformers import Trainer, TrainingArguments
rows = [{"input_ids": torch.arange(8), "labels": torch.arange(8)} for _ in range(8)]
args = TrainingArguments("outputs", max_steps=4, save_steps=2, learning_rate=0.01, report_to="none", disable_tqdm=True)
trainer = Trainer(model=model, args=args, train_dataset=rows, processing_class=tokenizer)
trainer.train()
${tokenizer}${byHand}`,
    checkpoints: ['outputs/checkpoint-2', 'outputs/checkpoint-4'],
    expected: `[["", "checkpoint-2", "checkpoint-4"], ${answersOf('AutoModelForCausalLM.from_pretrained("outputs/checkpoint-2")')}, ${answersOf('trainer.model')}]`,
    tells: '[rows[0], [row[1] for row in rows[1:]], [row[2] for row in rows[1:]]]',
  },
  {
    ...peft,
    name: 'transformers: a classifier, told by its config.json, with the tokenizer of the notebook',
    before: `${tokenizer}words_of.save_pretrained("base")\n`,
    setup: `${prompts}from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("base")\n`,
    train: `${tokenizer}
from transformers import BertConfig, BertForSequenceClassification
torch.manual_seed(1)
model = BertForSequenceClassification(BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=1,
    num_attention_heads=2, intermediate_size=32, num_labels=3, id2label={0: "bad", 1: "fair", 2: "good"},
    label2id={"bad": 0, "fair": 1, "good": 2})).eval()
for step in (2, 4):
    model.save_pretrained(f"outputs/checkpoint-{step}")
def label(prompt):
    with torch.no_grad():
        logits = model(**words_of(prompt, return_tensors="pt")).logits[0]
    return f"{model.config.id2label[int(logits.argmax())]} ({logits.softmax(-1).max().item():.2f})"
`,
    checkpoints: ['outputs/checkpoint-2', 'outputs/checkpoint-4'],
    expected: '[[label(prompt)] * 2 for prompt in test_prompts]',
    tells: '[row[1:] for row in rows[1:]]',
  },
  {
    name: 'sentence-transformers',
    packages: ['sentence_transformers'],
    before: '',
    setup: 'from sentence_transformers import SentenceTransformer\n',
    train: `
from sentence_transformers.models import Pooling, Transformer
from transformers import BertConfig, BertModel
${tokenizer}
words_of.save_pretrained("bert"); BertModel(BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=1,
    num_attention_heads=2, intermediate_size=32)).save_pretrained("bert")
part = Transformer("bert")
model = SentenceTransformer(modules=[part, Pooling(part.get_word_embedding_dimension())])
model.save("outputs/checkpoint-2")
`,
    framework: 'transformers',
    form: 'folder',
    checkpoints: ['outputs/checkpoint-2'],
    expected: 'model.encode(["one two"]).round(4).tolist()',
    tells: 'model_2.encode(["one two"]).round(4).tolist()',
  },
  {
    name: 'ultralytics: a detector of its best file',
    packages: ['ultralytics'],
    before: '',
    setup: 'from ultralytics import YOLO\n',
    train: `
import torch
torch.manual_seed(1)
model = YOLO("yolov8n.yaml")
model.save("best.pt")
`,
    framework: 'ultralytics',
    form: 'file',
    checkpoints: ['best.pt'],
    expected: `[model.names[0], ${firstWeights('model')}]`,
    tells: `[model_best.names[0], ${firstWeights('model_best')}]`,
  },
  {
    name: 'lightning: what save_hyperparameters kept',
    packages: ['lightning'],
    before: '',
    setup: lightning.replace('HYPERPARAMETERS', 'self.save_hyperparameters()'),
    train: `net = Net(4)\n${fit}`,
    framework: 'lightning',
    form: 'file',
    checkpoints: ['last.ckpt'],
    expected: 'net.eval()(x).tolist()',
    tells: 'model_last(x).tolist()',
  },
  {
    name: "lightning: the notebook's own arguments",
    packages: ['lightning'],
    before: '',
    setup: `${lightning.replace('HYPERPARAMETERS', '')}width = 4\nnet = Net(width=width, rate=0.2)\n`,
    train: fit,
    framework: 'lightning',
    form: 'file',
    checkpoints: ['last.ckpt'],
    expected: 'net.eval()(x).tolist()',
    tells: 'model_last(x).tolist()',
  },
  {
    name: 'keras: a whole model',
    packages: ['keras'],
    before: '',
    setup: keras,
    train: 'model.fit(x, x.sum(1), epochs=1, verbose=0)\nmodel.save("model.07.keras")\n',
    framework: 'keras',
    form: 'file',
    checkpoints: ['model.07.keras'],
    expected: 'model.predict(x, verbose=0).round(5).tolist()',
    tells: 'model_model_07.predict(x, verbose=0).round(5).tolist()',
  },
  {
    name: "keras: weights, into a clone of the notebook's model",
    packages: ['keras'],
    before: '',
    setup: keras,
    train: 'model.fit(x, x.sum(1), epochs=1, verbose=0)\nmodel.save_weights("best.weights.h5")\n',
    framework: 'keras',
    form: 'file',
    weightsOnly: true,
    checkpoints: ['best.weights.h5'],
    expected: '[model.predict(x, verbose=0).round(5).tolist(), True]',
    tells:
      '[model_best_weights.predict(x, verbose=0).round(5).tolist(), bool((model.get_weights()[0] != model_best_weights.get_weights()[0]).any())]',
  },
  {
    name: "pytorch: a state in a dictionary, into a copy of the notebook's model",
    packages: ['torch'],
    before: '',
    setup: `${net}model = torch.nn.Linear(4, 1)\noptimizer = torch.optim.Adam(model.parameters())\n`,
    train: `
for epoch in range(2):
    loss = model(x).square().mean()
    loss.backward()
    optimizer.step()
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, "last.pt")
`,
    framework: 'pytorch',
    form: 'file',
    checkpoints: ['last.pt'],
    expected: '[model(x).tolist(), True]',
    tells: '[model_last(x).tolist(), bool((model.weight != model_last.weight).any())]',
  },
  {
    name: 'pytorch: the state itself',
    packages: ['torch'],
    before: '',
    setup: `${net}net = torch.nn.Sequential(torch.nn.Linear(4, 1))\noptimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n`,
    train: `
for epoch in range(2):
    net(x).square().mean().backward()
    optimizer.step()
    torch.save(net.state_dict(), f"net_{epoch}.pt")
`,
    framework: 'pytorch',
    form: 'file',
    checkpoints: ['net_1.pt'],
    expected: 'net(x).tolist()',
    tells: 'model_net_1(x).tolist()',
  },
];
