import { directoryName } from '../posix-path.ts';
import {
  firstWord,
  has,
  named,
  noFolder,
  optionFolder,
  script,
  type CommandFamily,
} from './command-family.ts';
import { keyValue, option, type ReadCommand } from './read-command.ts';

const nanoGptFolders = new Map([
  ['config/train_shakespeare_char.py', 'out-shakespeare-char'],
  ['config/finetune_shakespeare.py', 'out-shakespeare'],
  ['config/train_gpt2.py', 'out'],
]);

const nanoGptConfig = ({ words }: ReadCommand): string | undefined =>
  words.find((word) => word !== null && /^config\/\w+\.py$/.test(word)) ?? undefined;

/** Programs that train on text and speech. */
export const TEXT_FAMILIES = {
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
  nanogpt: {
    framework: 'nanogpt',
    is: (command) =>
      script(command, /^train\.py$/) &&
      (nanoGptConfig(command) !== undefined ||
        has(command, 'init_from', 'block_size', 'always_save_checkpoint', 'eval_iters')),
    folder: (command) => {
      const config = nanoGptConfig(command);
      return named(
        option(command, 'out_dir'),
        config === undefined ? 'out' : (nanoGptFolders.get(config) ?? null),
      );
    },
    steps: ['max_iters'],
  },
  megatron: {
    framework: 'megatron',
    is: (command) =>
      script(command, /^pretrain_\w+\.py$/) &&
      has(command, 'num_layers', 'tensor_model_parallel_size', 'micro_batch_size'),
    folder: optionFolder(null, 'save'),
    steps: ['train_iters'],
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
    is: (command) => command.program === 'spacy' && command.words[0] === 'train' && command.kind !== 'script',
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
      script(command, /^train_(?:tts|vocoder|encoder)\.py$/) || /^TTS\.bin\.train_\w+$/.test(command.program),
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
  speechbrain: {
    framework: 'speechbrain',
    is: (command) =>
      script(command, /^train\w*\.py$/) && /^hparams\/.*\.ya?ml$/.test(firstWord(command) ?? ''),
    folder: (command) => {
      const folder = option(command, 'output_folder');
      return named(typeof folder === 'string' ? `${folder}/save` : folder, null);
    },
    epochs: ['number_of_epochs'],
  },
  vits: {
    framework: 'vits',
    is: (command) =>
      (script(command, /^train(?:_ms)?\.py$/) &&
        has(command, 'm', 'model') &&
        /config\w*\.json$/.test(option(command, 'c', 'config') ?? '')) ||
      (command.program === 'svc' && command.words[0] === 'train'),
    folder: (command) => {
      const model = option(command, 'm', 'model');
      if (command.program === 'svc') return named(option(command, 'model_path', 'm'), 'logs/44k');
      return named(typeof model === 'string' ? `logs/${model}` : model, null);
    },
  },
  axolotl: {
    framework: 'transformers',
    is: (command) =>
      command.program === 'axolotl.cli.train' ||
      (command.program === 'axolotl' && command.words[0] === 'train'),
    folder: noFolder,
  },
  llamafactory: {
    framework: 'transformers',
    is: (command) => command.program === 'llamafactory-cli' && command.words[0] === 'train',
    folder: (command) => named(option(command, 'output_dir') ?? keyValue(command, 'output_dir'), null),
    steps: ['max_steps'],
  },
} satisfies Readonly<Record<string, CommandFamily>>;
