import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, python } from '../python-rig.ts';
import { readTraining } from '../source/read-training.ts';
import { chooseRecipe } from './choose-recipe.ts';
import { writeCompareCell } from './compare-cell.ts';
import { readNotebookModels } from './notebook-models.ts';
import type { UsedCheckpoint } from './recipe.ts';
import { writeUseCell } from './use-cell.ts';
import { usedCheckpoint } from './use-rig.ts';

const adapter = {
  base_model_name_or_path: 'base',
  peft_type: 'LORA',
  task_type: 'CAUSAL_LM',
  auto_mapping: null,
};
const classifier = { architectures: ['BertForSequenceClassification'], auto_map: null };
const quantized = `from transformers import AutoModelForCausalLM, BitsAndBytesConfig
model = AutoModelForCausalLM.from_pretrained(
    "base",
    quantization_config=BitsAndBytesConfig(
  load_in_4bit=True,  # a comment )
bnb_4bit_quant_type="""nf4
""",
    ),
    device_map={"": 0},
)
tokenizer = None`;

/** Notebooks whose checkpoints are used: above, what trains, and what is known of the checkpoint. */
const usedNotebooks: readonly (readonly [string, string, Partial<UsedCheckpoint>])[] = [
  [
    'from unsloth import FastLanguageModel as F\nmodel, tokenizer = F.from_pretrained("base", max_seq_length = n, dtype = None)',
    '',
    { adapter },
  ],
  ['import unsloth\nm, p = unsloth.FastVisionModel.from_pretrained("b", load_in_4bit=True)', '', { adapter }],
  ['', '', { adapter, files: ['tokenizer.json'] }],
  ['', '', { adapter }],
  [quantized, '', { adapter }],
  ['prompt = torch = PeftModel = model_500 = answer_500 = prompts = checkpoints = 1', '', { adapter }],
  ['from transformers import AutoTokenizer\ntokenizer = 1', '', { config: classifier }],
  ['tokenizer = 1', '', { config: { architectures: ['WhisperForConditionalGeneration'], auto_map: null } }],
  ['from sentence_transformers import SentenceTransformer\nm = SentenceTransformer("a")', '', {}],
  [
    'import lightning as L\nclass N(L.LightningModule):\n  pass\nt = L.Trainer()',
    't.fit(N(a=f(1)(2)))',
    { framework: 'lightning', form: 'file' },
  ],
  ['import keras\nm = keras.Sequential()', 'm.fit(x)', { framework: 'keras', form: 'file' }],
  [
    'import keras\nm = keras.Sequential()',
    'm.fit(x)',
    { framework: 'keras', form: 'file', weightsOnly: true },
  ],
  ['from ultralytics import YOLO', 'YOLO("a.pt").train()', { framework: 'ultralytics', form: 'file' }],
  [
    'import torch',
    'for e in range(3):\n  l.backward(); optimizer.step()\n  torch.save({"m x": net.state_dict()}, p)',
    { framework: 'pytorch', form: 'file' },
  ],
];

const comparable = /FastLanguage|FastVision|PeftModel|SequenceClassification/;

function used([above, source, known]: (typeof usedNotebooks)[number], path: string): readonly string[] {
  const cells = [
    { id: 'a', source: above },
    { id: 'b', source },
  ];
  const models = readNotebookModels(cells);
  const checkpoint = usedCheckpoint({ name: path, path, ...known });
  const { training } = readTraining(cells, 'b');
  const recipe = chooseRecipe(models, training, checkpoint);
  if (!recipe.ok) throw new Error(`${recipe.failure} for ${above}`);
  const comment = `Holdfast: ${path}`;
  const one = writeUseCell({ models, recipe: recipe.value, checkpoint, comment, prompt: path });
  const compare = writeCompareCell({
    models,
    recipe: recipe.value,
    checkpoints: [checkpoint, { name: 'checkpoint-600', path: 'outputs/checkpoint-600' }],
    comment,
    prompts: [path, 'b'],
    baseTitle: 'Without training',
  });
  expect(compare.ok, one).toBe(comparable.test(one));
  return compare.ok ? [one, compare.value] : [one];
}

describe('cells that use checkpoints in Python', () => {
  it('compile, hold the path as one text, and change no name of the notebook', { timeout: 60_000 }, () => {
    const all = usedNotebooks.flatMap((notebook) =>
      HOSTILE_TEXTS.flatMap((path) =>
        used(notebook, path).map((cell) => ({ path, cell, above: notebook[0] })),
      ),
    );
    const program = `
import ast
out = []
for cell, above in d:
    tree = ast.parse(cell)
    compile(tree, "cell", "exec")
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    bound = lambda t: {n.id for s in t.body for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own = [s for s in tree.body if not isinstance(s, ast.FunctionDef)]
    names = bound(ast.Module(own, [])) | {s.name for s in tree.body if isinstance(s, ast.FunctionDef)}
    names |= {a.asname or a.name for s in own if isinstance(s, (ast.Import, ast.ImportFrom)) for a in s.names}
    out.append([texts, sorted(names & bound(ast.parse(above)))])
print(json.dumps(out))
`;
    const read = v.parse(
      v.array(v.tuple([v.array(v.string()), v.array(v.string())])),
      python(
        program,
        all.map(({ cell, above }) => [cell, above]),
      ),
    );
    expect(read.length).toBe(all.length);
    const wrong = all.filter(({ path }, index) => {
      const [texts = [], taken = []] = read[index] ?? [];
      return !texts.includes(path) || taken.length > 0;
    });
    expect(wrong.map(({ cell }) => cell)).toEqual([]);
  });

  it('begin with one comment line', () => {
    for (const path of HOSTILE_TEXTS)
      for (const cell of used(['', '', { adapter }], path)) {
        const [first, second] = cell.split(/[\p{Cc}\u2028\u2029]/u);
        expect(first).toMatch(/^# Holdfast:/);
        expect(second).toMatch(/^prompts? = /);
      }
  });
});
