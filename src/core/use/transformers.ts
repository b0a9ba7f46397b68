import { fail, ok, type Result } from '../result.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import { keywordsOf, type FromPretrained, type Keyword, type NotebookModels } from './notebook-models.ts';
import { callLines } from './python-lines.ts';
import type { Answers, CellNames, Import, NoUse, Recipe, UsedCheckpoint } from './recipe.ts';

/** How to get a model whose weights or whose base has a name: its class, and what the notebook gives it besides. */
interface ModelCall {
  readonly className: string;
  readonly keywords: readonly Keyword[];
}

/** What a model has to be loaded with again; what only training needs is left out (transformers/modeling_utils.py, 5.23). */
const KEPT = [
  'dtype', 'torch_dtype', 'load_in_4bit', 'load_in_8bit', 'quantization_config', 'device_map', 'max_memory',
  'attn_implementation', 'trust_remote_code', 'token', 'cache_dir', 'local_files_only',
]; // prettier-ignore
/** Of the base alone: a checkpoint has them in its own configuration, and no revisions. */
const KEPT_OF_BASE = [...KEPT, 'revision', 'num_labels', 'id2label', 'label2id'];
/** What puts the model on its device by itself. */
const PLACES = ['device_map', 'load_in_4bit', 'load_in_8bit', 'quantization_config'];

/** `AutoModelFor….from_pretrained("outputs/checkpoint-500")`. */
export function transformersRecipe(
  models: NotebookModels,
  checkpoint: UsedCheckpoint,
): Result<Recipe, NoUse> {
  const own = modelCall(models, null);
  const className = own?.className ?? classByArchitecture(checkpoint);
  if (className === null) return fail('no-config');
  const answers = answersOf(className);
  const tokenizer = answers === 'call' ? null : tokenizerOf(models, checkpoint, null);
  if (tokenizer === undefined) return fail('no-tokenizer');
  const keywords = own === null ? [] : keywordsOf(own, KEPT);
  return ok({
    kind: `transformers ${className}`,
    answers,
    imports: [...torch(keywords), { module: 'transformers', name: className }, ...importsOf(tokenizer)],
    base: null,
    load: (names, path) => [
      ...tokenizerLines(names, tokenizer, path, keywords),
      ...callLines(names.model, `${names.of(className)}.from_pretrained`, path, keywords),
      ...placed(names, keywords),
      `${names.model}.eval()`,
    ],
  });
}

/** The base model by the notebook's own class, else by what the adapter says of it; then `PeftModel.from_pretrained`. */
export function peftRecipe(models: NotebookModels, checkpoint: UsedCheckpoint): Result<Recipe, NoUse> {
  const { adapter } = checkpoint;
  const base = adapter?.base_model_name_or_path ?? '';
  if (adapter === null || base === '') return fail('no-base-model');
  const own = modelCall(models, base);
  const className = own?.className ?? classOfAdapter(adapter);
  if (className === null) return fail('class-unknown');
  const answers = answersOf(className);
  const tokenizer = answers === 'call' ? null : tokenizerOf(models, checkpoint, base);
  if (tokenizer === undefined) return fail('no-tokenizer');
  const keywords = own === null ? [] : keywordsOf(own, KEPT_OF_BASE);
  const loadBase = (names: CellNames, path: string): readonly string[] => [
    ...tokenizerLines(names, tokenizer, path, keywords),
    ...callLines(names.model, `${names.of(className)}.from_pretrained`, pythonLiteral(base), keywords),
    ...placed(names, keywords),
    `${names.model}.eval()`,
  ];
  return ok({
    kind: `peft ${className} ${base}`,
    answers,
    imports: [
      ...torch(keywords),
      { module: 'peft', name: 'PeftModel' },
      { module: 'transformers', name: className },
      ...importsOf(tokenizer),
    ],
    base: (names) => loadBase(names, pythonLiteral(checkpoint.path)),
    load: (names, path) => [
      ...loadBase(names, path),
      `${names.model} = ${names.of('PeftModel')}.from_pretrained(${names.model}, ${path}).eval()`,
    ],
  });
}

/** The notebook's own call: of this very base, else the only class that it loads a model with. */
function modelCall({ calls }: NotebookModels, base: string | null): (FromPretrained & ModelCall) | null {
  const found = calls.filter(({ module, className }) => module === 'transformers' && isModelClass(className));
  const exact = found.find(({ source }) => base !== null && source === base);
  const classes = new Set(found.map(({ className }) => className));
  return exact ?? (classes.size === 1 ? (found.at(-1) ?? null) : null);
}

const isModelClass = (name: string): boolean =>
  /^AutoModel(?:For\w+)?$|For[A-Z]\w+$|LMHeadModel$/.test(name) && !/^(?:TF|Flax)/.test(name);

/** By the suffixes that Transformers gives its classes; one without an `Auto…` of its own is named itself. */
function classByArchitecture({ config }: UsedCheckpoint): string | null {
  const name = config?.architectures?.[0];
  // A class that comes with the checkpoint runs code from it, which is for its user to allow.
  if (name === undefined || (config?.auto_map ?? null) !== null) return null;
  if (/(?:ForCausalLM|LMHeadModel)$/.test(name)) return 'AutoModelForCausalLM';
  const auto = /For(?:SequenceClassification|TokenClassification|QuestionAnswering|MaskedLM)$/.exec(
    name,
  )?.[0];
  if (auto !== undefined) return `AutoModel${auto}`;
  if (isSeq2Seq(name)) return 'AutoModelForSeq2SeqLM';
  return isModelClass(name) || name.endsWith('Model') ? name : null;
}

const isSeq2Seq = (name: string): boolean =>
  /^(?:M?T5|UMT5|LongT5|M?Bart|Pegasus|PegasusX|Marian|M2M100|LED|Blenderbot)(?:ForConditionalGeneration|MTModel)$/.test(
    name,
  );

/** `task_type` of peft/utils/peft_types.py, 0.21. */
const BY_TASK: Readonly<Record<string, string>> = {
  CAUSAL_LM: 'AutoModelForCausalLM',
  SEQ_2_SEQ_LM: 'AutoModelForSeq2SeqLM',
  SEQ_CLS: 'AutoModelForSequenceClassification',
  TOKEN_CLS: 'AutoModelForTokenClassification',
  QUESTION_ANS: 'AutoModelForQuestionAnswering',
  FEATURE_EXTRACTION: 'AutoModel',
};

function classOfAdapter({
  task_type: task,
  auto_mapping: mapping,
}: NonNullable<UsedCheckpoint['adapter']>): string | null {
  const byTask = Object.entries(BY_TASK).find(([known]) => known === task)?.[1];
  const mapped = mapping?.parent_library.startsWith('transformers') === true;
  return byTask ?? (mapped ? (mapping?.base_model_class ?? null) : null);
}

function answersOf(className: string): Answers {
  if (/(?:ForCausalLM|LMHeadModel|ForSeq2SeqLM)$/.test(className) || isSeq2Seq(className)) return 'generate';
  return className.endsWith('ForSequenceClassification') ? 'classify' : 'call';
}

/** A tokenizer's folder or name as a Python expression with its class, or the notebook's own object. */
type TokenizerSource =
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'base'; readonly base: string }
  | { readonly kind: 'object'; readonly name: string };

/** The checkpoint's own, else the one that the notebook trains with, else the base model's; `undefined`: there is none. */
function tokenizerOf(
  { tokenizer }: NotebookModels,
  { files }: UsedCheckpoint,
  base: string | null,
): TokenizerSource | undefined {
  if (files.some((file) => /^tokenizer(?:_config)?\.json$/.test(file))) return { kind: 'checkpoint' };
  if (tokenizer !== null) return { kind: 'object', name: tokenizer };
  return base === null ? undefined : { kind: 'base', base };
}

const importsOf = (tokenizer: TokenizerSource | null): readonly Import[] =>
  tokenizer === null || tokenizer.kind === 'object'
    ? []
    : [{ module: 'transformers', name: 'AutoTokenizer' }];

function tokenizerLines(
  { tokenizer: target, of }: CellNames,
  source: TokenizerSource | null,
  path: string,
  keywords: readonly Keyword[],
): readonly string[] {
  if (source === null) return [];
  if (source.kind === 'object') return [`${target} = ${source.name}`];
  const shared = keywords.filter(({ name }) => ['trust_remote_code', 'token', 'cache_dir'].includes(name));
  const from = source.kind === 'checkpoint' ? path : pythonLiteral(source.base);
  return callLines(target, `${of('AutoTokenizer')}.from_pretrained`, from, shared);
}

const isPlaced = (keywords: readonly Keyword[]): boolean =>
  keywords.some(({ name }) => PLACES.includes(name));

const torch = (keywords: readonly Keyword[]): readonly Import[] =>
  isPlaced(keywords) ? [] : [{ module: null, name: 'torch' }];

const placed = ({ model, of }: CellNames, keywords: readonly Keyword[]): readonly string[] =>
  isPlaced(keywords) ? [] : [`${model}.to("cuda" if ${of('torch')}.cuda.is_available() else "cpu")`];
