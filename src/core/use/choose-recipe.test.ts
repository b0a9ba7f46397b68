import { describe, expect, it } from 'vitest';
import { readTraining } from '../source/read-training.ts';
import { readAdapterConfig, readModelConfig } from './checkpoint-config.ts';
import { chooseRecipe } from './choose-recipe.ts';
import { readNotebookModels } from './notebook-models.ts';
import type { UsedCheckpoint } from './recipe.ts';
import { writeCompareCell } from './compare-cell.ts';
import { writeUseCell } from './use-cell.ts';
import { usedCheckpoint } from './use-rig.ts';

const lora = (more: Record<string, unknown> = {}): Partial<UsedCheckpoint> => ({
  adapter: readAdapterConfig(
    JSON.stringify({
      base_model_name_or_path: 'org/base',
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      ...more,
    }),
  ),
});
const model = (architecture: string, more: Record<string, unknown> = {}): Partial<UsedCheckpoint> => ({
  files: ['config.json', 'tokenizer.json'],
  config: readModelConfig(JSON.stringify({ architectures: [architecture], ...more })),
});

/** What is chosen for a notebook of these cells, the last of which trains. */
const chosen = (sources: readonly string[], known: Partial<UsedCheckpoint>): string => {
  const cells = sources.map((source, index) => ({ id: String(index), source }));
  const { training } = readTraining(cells, String(sources.length - 1));
  const recipe = chooseRecipe(readNotebookModels(cells), training, usedCheckpoint(known));
  return recipe.ok ? recipe.value.kind : recipe.failure;
};

const loop = (saved: string): readonly string[] => [
  'import torch',
  `for e in range(3):\n  loss.backward(); optimizer.step()\n  torch.save(${saved}, "last.pt")`,
];
const pytorch = { framework: 'pytorch', form: 'file' } as const;
const lightning = { framework: 'lightning', form: 'file' } as const;
const lit = 'import lightning as L\nclass A(L.LightningModule): pass\nclass B(A): pass\nt = L.Trainer()';

describe('how a checkpoint is loaded', () => {
  it.each<[string, readonly string[], Partial<UsedCheckpoint>, string]>([
    ['an adapter by its task', [''], lora(), 'peft AutoModelForCausalLM org/base'],
    [
      'an adapter of a classifier',
      [''],
      lora({ task_type: 'SEQ_CLS' }),
      'peft AutoModelForSequenceClassification org/base',
    ],
    [
      "an adapter by the notebook's own class",
      ['from transformers import LlamaForCausalLM\nm = LlamaForCausalLM.from_pretrained("org/base")'],
      lora({ task_type: null }),
      'peft LlamaForCausalLM org/base',
    ],
    [
      'the call of that very base, of several',
      [
        'from transformers import *\nfrom transformers import AutoModel, AutoModelForCausalLM\na = AutoModel.from_pretrained("other")\nname = "org/" + "base"\nb = AutoModelForCausalLM.from_pretrained(name)',
      ],
      lora({ task_type: null }),
      'peft AutoModelForCausalLM org/base',
    ],
    [
      'an adapter by its own mapping',
      [''],
      lora({
        task_type: null,
        auto_mapping: { base_model_class: 'BertForMaskedLM', parent_library: 'transformers.models.bert' },
      }),
      'peft BertForMaskedLM org/base',
    ],
    ['an adapter without a task', [''], lora({ task_type: null }), 'class-unknown'],
    [
      'an adapter of a model made from a config',
      [''],
      lora({ base_model_name_or_path: null }),
      'no-base-model',
    ],
    [
      'an adapter with a base of an unknown shape',
      [''],
      lora({ base_model_name_or_path: 7 }),
      'no-base-model',
    ],
    ['a whole model', [''], model('LlamaForCausalLM'), 'transformers AutoModelForCausalLM'],
    [
      'a model of its own kind',
      [''],
      model('WhisperForConditionalGeneration'),
      'transformers WhisperForConditionalGeneration',
    ],
    ['text to text', [''], model('T5ForConditionalGeneration'), 'transformers AutoModelForSeq2SeqLM'],
    [
      'code from the checkpoint',
      [''],
      model('MyForCausalLM', { auto_map: { AutoModel: 'x.M' } }),
      'no-config',
    ],
    ['a class that is none', [''], model('os.system("x")'), 'no-config'],
    ['no tokenizer anywhere', [''], { ...model('LlamaForCausalLM'), files: [] }, 'no-tokenizer'],
    ['neither file', [''], {}, 'no-config'],
    [
      'Unsloth',
      ['import unsloth\nm, t = unsloth.FastModel.from_pretrained("org/base")'],
      lora(),
      'unsloth FastModel',
    ],
    [
      'a class of that name from elsewhere',
      ['from mine import FastModel\nFastModel.from_pretrained("x")'],
      lora(),
      'peft AutoModelForCausalLM org/base',
    ],
    [
      'sentences',
      ['from sentence_transformers import SentenceTransformer\nm = SentenceTransformer("a")'],
      {},
      'sentence-transformers SentenceTransformer',
    ],
    [
      'sentences by their file',
      [''],
      { files: ['modules.json'] },
      'sentence-transformers SentenceTransformer',
    ],
    ['the class that is fitted', [lit, 't.fit(B())'], lightning, 'lightning B'],
    [
      'the class of another file',
      ['from mine import Net\nimport lightning as L\nt = L.Trainer()', 't.fit(Net())'],
      lightning,
      'lightning Net',
    ],
    ['arguments without names, which nothing kept', [lit, 't.fit(B(3))'], lightning, 'class-unknown'],
    ['two classes, and no telling which', [lit, 't.fit(x)'], lightning, 'class-unknown'],
    [
      'a state in a dictionary',
      loop('{"net": net.state_dict(), "opt": optimizer.state_dict()}'),
      pytorch,
      'pytorch net["net"]',
    ],
    ['a state', loop('net.state_dict()'), pytorch, 'pytorch net'],
    ['two models in one file', loop('{"g": g.state_dict(), "d": d.state_dict()}'), pytorch, 'model-unknown'],
    ['a whole object', loop('net'), pytorch, 'model-unknown'],
    [
      'YOLO',
      ['from ultralytics import RTDETR\nm = RTDETR("a.pt")', 'm.train()'],
      { framework: 'ultralytics', form: 'file' },
      'ultralytics RTDETR',
    ],
    ['a framework without a way', [''], { framework: 'megatron' }, 'framework-unknown'],
  ])('%s', (_, sources, known, expected) => {
    expect(chosen(sources, known)).toBe(expected);
  });
});

const cellOf = (source: string, known: Partial<UsedCheckpoint>): string => {
  const models = readNotebookModels([{ id: 'a', source }]);
  const checkpoint = usedCheckpoint(known);
  const recipe = chooseRecipe(models, null, checkpoint);
  return recipe.ok
    ? writeUseCell({ models, recipe: recipe.value, checkpoint, comment: 'Holdfast: x', prompt: 'Ask' })
    : recipe.failure;
};

describe('the cell that loads one', () => {
  it("has Unsloth's call with the notebook's own arguments, and none of training's", () => {
    const source = `from unsloth import FastLanguageModel
model, tokenizer = FastLanguageModel.from_pretrained(
    model_name = "unsloth/gemma",
    max_seq_length = max_seq_length,
    dtype = None,
    load_in_4bit = True,
    full_finetuning = False,
    revision = "main",
)`;
    expect(cellOf(source, lora())).toContain(`
model_500, tokenizer_500 = FastLanguageModel.from_pretrained(
    model_name="outputs/checkpoint-500",
    max_seq_length=max_seq_length,
    dtype=None,
    load_in_4bit=True,
)
FastLanguageModel.for_inference(model_500)
`);
  });

  it('takes the tokenizer of the checkpoint, else of the notebook, else of the base', () => {
    expect(cellOf('tokenizer = 1', { ...lora(), files: ['tokenizer_config.json'] })).toContain(
      'tokenizer_500 = AutoTokenizer.from_pretrained("outputs/checkpoint-500")',
    );
    expect(cellOf('tokenizer = 1', lora())).toContain('tokenizer_500 = tokenizer\n');
    expect(cellOf('', lora())).toContain('tokenizer_500 = AutoTokenizer.from_pretrained("org/base")');
  });

  it('leaves a quantized model where it is put', () => {
    const source =
      'from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("org/base", quantization_config=bnb)';
    expect(cellOf(source, lora())).toContain('    quantization_config=bnb,\n');
    expect(cellOf(source, lora())).not.toContain('.to("cuda"');
    expect(cellOf('', lora())).toContain('.to("cuda"');
  });

  it('gives way to names of the notebook, and not to those of an inserted cell', () => {
    const cell = cellOf('', lora());
    expect(cellOf('model_500 = prompt = torch = 1', lora())).toMatch(
      /^.*\nprompt_2 = "Ask"\n\nimport torch as torch_2\n[^]*\nmodel_500_2 = /,
    );
    expect(cellOf(cell, lora())).toBe(cell);
  });
});

describe('the cell that compares', () => {
  it('says of what takes no text that it cannot be compared', () => {
    const models = readNotebookModels([]);
    const recipe = chooseRecipe(models, null, usedCheckpoint({ files: ['modules.json'] }));
    if (!recipe.ok) throw new Error(recipe.failure);
    const input = { models, checkpoints: [usedCheckpoint()], comment: '', prompts: [], baseTitle: 'Base' };
    expect(writeCompareCell({ ...input, recipe: recipe.value })).toEqual({
      ok: false,
      failure: 'not-comparable',
    });
  });
});
