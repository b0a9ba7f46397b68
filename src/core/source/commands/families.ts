import type { Framework } from '../../framework.ts';
import { directoryName, joinPath } from '../posix-path.ts';
import { keyValue, option, type ReadCommand } from './read-command.ts';

/** A folder or a number of a command line: as given, the program's default, or not known. */
export type Given<T> = { readonly value: T; readonly by: 'command' | 'default' } | null;

/** A program that trains, how it is told from others, and what its options say. */
export interface CommandFamily {
  readonly framework: Framework;
  readonly is: (command: ReadCommand) => boolean;
  readonly folder: (command: ReadCommand) => Given<string>;
  /** Names of its options for the last epoch and the last step. */
  readonly epochs?: readonly string[];
  readonly steps?: readonly string[];
  /** `name=value` instead of `--name value`. */
  readonly keyValues?: boolean;
}

const has = ({ options }: ReadCommand, ...names: readonly string[]): boolean =>
  names.some((name) => options.has(name));
const script = (command: ReadCommand, name: RegExp): boolean =>
  command.kind === 'script' && name.test(command.program);

/** The option's text, else a default; something given that cannot be followed is not known. */
const named = (text: string | null | undefined, otherwise: string | null): Given<string> => {
  if (text === undefined) return otherwise === null ? null : { value: otherwise, by: 'default' };
  return text === null ? null : { value: text, by: 'command' };
};

const optionFolder =
  (otherwise: string | null, ...names: readonly string[]) =>
  (command: ReadCommand): Given<string> =>
    named(option(command, ...names), otherwise);

const noFolder = (): Given<string> => null;

/** `project/name`: given when either is. */
const projectFolder = (
  project: string | null | undefined,
  name: string | null | undefined,
  defaults: { readonly project: string; readonly name: string },
): Given<string> => {
  const one = named(project, defaults.project);
  const other = named(name, defaults.name);
  if (one === null || other === null) return null;
  const by = one.by === 'command' || other.by === 'command' ? 'command' : 'default';
  return { value: joinPath([one.value, other.value]), by };
};

const yoloTask = (command: ReadCommand): string => {
  const named = keyValue(command, 'task') ?? command.words[0] ?? '';
  const model = keyValue(command, 'model') ?? '';
  const marks = { segment: '-seg', classify: '-cls', pose: '-pose', obb: '-obb' };
  return Object.entries(marks).find(([task, mark]) => named === task || model.includes(mark))?.[0] ?? 'detect';
};

const nanoGptFolders = new Map([
  ['config/train_shakespeare_char.py', 'out-shakespeare-char'],
  ['config/finetune_shakespeare.py', 'out-shakespeare'],
  ['config/train_gpt2.py', 'out'],
]);

const nanoGptConfig = ({ words }: ReadCommand): string | undefined =>
  words.find((word) => word !== null && /^config\/\w+\.py$/.test(word)) ?? undefined;

const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.\w+$/, '');
const firstWord = ({ words }: ReadCommand): string | undefined =>
  words.find((word) => word !== null && !word.startsWith('-')) ?? undefined;

/** Every program that is known, the most certain first. Its options are as its repository has them (November 2026). */
export const FAMILIES = {
  yolo: {
    framework: 'ultralytics',
    is: (command) =>
      command.kind === 'program' &&
      command.program === 'yolo' &&
      (command.words.includes('train') || keyValue(command, 'mode') === 'train'),
    folder: (command) =>
      projectFolder(keyValue(command, 'project'), keyValue(command, 'name'), {
        project: `runs/${yoloTask(command)}`,
        name: 'train',
      }),
    epochs: ['epochs'],
    keyValues: true,
  },
  yolov5: {
    framework: 'ultralytics',
    is: (command) =>
      script(command, /^train(?:_dual|_aux)?\.py$/) &&
      has(command, 'weights', 'cfg') &&
      (has(command, 'data') || has(command, 'hyp')) &&
      has(command, 'img', 'img_size', 'imgsz', 'batch', 'batch_size'),
    folder: (command) =>
      projectFolder(option(command, 'project'), option(command, 'name'), {
        project: /segment\//.test(command.path) ? 'runs/train-seg' : 'runs/train',
        name: 'exp',
      }),
    epochs: ['epochs'],
  },
  fairseq: {
    framework: 'fairseq',
    is: (command) =>
      (command.kind === 'program' && command.program === 'fairseq-train') ||
      (command.kind === 'script' && /(?:^|\/)fairseq(?:_cli)?\/train\.py$/.test(command.path)) ||
      (command.kind === 'module' && command.program === 'fairseq_cli.train'),
    folder: optionFolder('checkpoints', 'save_dir'),
    epochs: ['max_epoch'],
    steps: ['max_update'],
  },
  kohya: {
    framework: 'kohya',
    is: (command) =>
      script(
        command,
        /^(?:(?:sdxl_|flux_|sd3_|lumina_|hv_|wan_)?train_(?:network|db|textual_inversion|control_net\w*|leco)|(?:sdxl|flux|sd3)_train|fine_tune)\.py$/,
      ) &&
      has(command, 'output_name', 'network_module', 'save_model_as', 'dataset_config', 'config_file', 'train_data_dir'),
    folder: optionFolder(null, 'output_dir'),
    epochs: ['max_train_epochs'],
    steps: ['max_train_steps'],
  },
  diffusers: {
    framework: 'diffusers',
    is: (command) =>
      script(
        command,
        /^(?:train_(?:dreambooth|text_to_image|controlnet|unconditional|instruct_pix2pix|lcm|custom_diffusion|cogvideox|t2i_adapter)\w*|textual_inversion\w*)\.py$/,
      ),
    folder: optionFolder(null, 'output_dir'),
    epochs: ['num_train_epochs', 'num_epochs'],
    steps: ['max_train_steps'],
  },
  nanogpt: {
    framework: 'nanogpt',
    is: (command) =>
      script(command, /^train\.py$/) &&
      (nanoGptConfig(command) !== undefined ||
        has(command, 'init_from', 'block_size', 'always_save_checkpoint', 'eval_iters')),
    folder: (command) => {
      const config = nanoGptConfig(command);
      return named(option(command, 'out_dir'), config === undefined ? 'out' : (nanoGptFolders.get(config) ?? null));
    },
    steps: ['max_iters'],
  },
  mmengine: {
    framework: 'mmengine',
    is: (command) =>
      (command.kind === 'script' &&
        /(?:^|\/)(?:tools|mmdet\/tools)\/train\.py$/.test(command.path) &&
        /\.py$/.test(firstWord(command) ?? '')) ||
      (command.program === 'mim' && command.words[0] === 'train'),
    folder: (command) =>
      named(
        option(command, 'work_dir'),
        command.program === 'mim' ? null : `work_dirs/${stem(firstWord(command) ?? '')}`,
      ),
  },
  megatron: {
    framework: 'megatron',
    is: (command) =>
      script(command, /^pretrain_\w+\.py$/) && has(command, 'num_layers', 'tensor_model_parallel_size', 'micro_batch_size'),
    folder: optionFolder(null, 'save'),
    steps: ['train_iters'],
  },
  detectron2: {
    framework: 'detectron2',
    is: (command) => script(command, /^(?:plain_|lazyconfig_)?train_net\.py$/) && has(command, 'config_file'),
    folder: ({ words }) => {
      const at = words.indexOf('OUTPUT_DIR');
      return named(at < 0 ? undefined : words[at + 1], './output');
    },
  },
  espnet: {
    framework: 'espnet',
    is: (command) => command.kind === 'module' && /^espnet2\.bin\.\w*train$/.test(command.program),
    folder: optionFolder(null, 'output_dir'),
    epochs: ['max_epoch'],
  },
  torchtune: {
    framework: 'torchtune',
    is: (command) => command.program === 'tune' && command.words[0] === 'run',
    folder: (command) => named(keyValue(command, 'output_dir'), null),
    epochs: ['epochs'],
    keyValues: true,
  },
  spacy: {
    framework: 'spacy',
    is: (command) =>
      command.program === 'spacy' && command.words[0] === 'train' && command.kind !== 'script',
    folder: optionFolder(null, 'output', 'o'),
  },
  opennmt: {
    framework: 'opennmt',
    is: (command) => command.program === 'onmt_train' || command.program === 'onmt.bin.train',
    folder: (command) => {
      const prefix = option(command, 'save_model');
      return named(typeof prefix === 'string' ? directoryName(prefix) || '.' : prefix, null);
    },
    steps: ['train_steps'],
  },
  allennlp: {
    framework: 'allennlp',
    is: (command) => command.program === 'allennlp' && command.words[0] === 'train',
    folder: optionFolder(null, 'serialization_dir', 's'),
  },
  coqui: {
    framework: 'coqui',
    is: (command) =>
      script(command, /^train_(?:tts|vocoder|encoder)\.py$/) ||
      /^TTS\.bin\.train_\w+$/.test(command.program),
    folder: optionFolder(null, 'continue_path'),
  },
  nemo: {
    framework: 'nemo',
    is: (command) =>
      command.kind === 'script' &&
      command.words.some((word) => word !== null && /^\+?exp_manager\.\w+=/.test(word)),
    folder: (command) => named(keyValue(command, 'exp_manager.exp_dir'), null),
    epochs: ['trainer.max_epochs'],
    steps: ['trainer.max_steps'],
    keyValues: true,
  },
  stylegan: {
    framework: 'stylegan',
    is: (command) =>
      script(command, /^train\.py$/) && has(command, 'outdir') && has(command, 'data') && has(command, 'gpus', 'cfg', 'kimg'),
    folder: optionFolder(null, 'outdir'),
  },
  speechbrain: {
    framework: 'speechbrain',
    is: (command) => script(command, /^train\w*\.py$/) && /^hparams\/.*\.ya?ml$/.test(firstWord(command) ?? ''),
    folder: (command) => {
      const folder = option(command, 'output_folder');
      return named(typeof folder === 'string' ? `${folder}/save` : folder, null);
    },
    epochs: ['number_of_epochs'],
  },
  vits: {
    framework: 'vits',
    is: (command) =>
      (script(command, /^train(?:_ms)?\.py$/) && has(command, 'm', 'model') && /config\w*\.json$/.test(option(command, 'c', 'config') ?? '')) ||
      (command.program === 'svc' && command.words[0] === 'train'),
    folder: (command) => {
      const model = option(command, 'm', 'model');
      if (command.program === 'svc') return named(option(command, 'model_path', 'm'), 'logs/44k');
      return named(typeof model === 'string' ? `logs/${model}` : model, null);
    },
  },
  paddle: {
    framework: 'paddle',
    is: (command) =>
      command.kind === 'script' && /(?:^|\/)tools\/train\.py$/.test(command.path) && /\.ya?ml$/.test(option(command, 'c', 'config') ?? ''),
    folder: (command) => named(keyValue(command, 'Global.save_model_dir'), null),
  },
  lightningcli: {
    framework: 'lightning',
    is: (command) =>
      command.kind === 'script' &&
      command.words[0] === 'fit' &&
      [...command.options.keys()].some((key) => /^(?:config|c|trainer|model|data)\b/.test(key)),
    folder: optionFolder('lightning_logs', 'trainer.default_root_dir'),
    epochs: ['trainer.max_epochs'],
    steps: ['trainer.max_steps'],
  },
  axolotl: {
    framework: 'transformers',
    is: (command) =>
      command.program === 'axolotl.cli.train' || (command.program === 'axolotl' && command.words[0] === 'train'),
    folder: noFolder,
  },
  llamafactory: {
    framework: 'transformers',
    is: (command) => command.program === 'llamafactory-cli' && command.words[0] === 'train',
    folder: (command) => named(option(command, 'output_dir') ?? keyValue(command, 'output_dir'), null),
    steps: ['max_steps'],
  },
} satisfies Readonly<Record<string, CommandFamily>>;

export type FamilyId = keyof typeof FAMILIES;
