import {
  firstWord,
  has,
  named,
  optionFolder,
  projectFolder,
  script,
  stem,
  type CommandFamily,
} from './command-family.ts';
import { keyValue, option, type ReadCommand } from './read-command.ts';

const yoloTask = (command: ReadCommand): string => {
  const named = keyValue(command, 'task') ?? command.words[0] ?? '';
  const model = keyValue(command, 'model') ?? '';
  const marks = { segment: '-seg', classify: '-cls', pose: '-pose', obb: '-obb' };
  return (
    Object.entries(marks).find(([task, mark]) => named === task || model.includes(mark))?.[0] ?? 'detect'
  );
};

/** Programs that train on images, and the command line that any Lightning module can have. */
export const IMAGE_FAMILIES = {
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
  kohya: {
    framework: 'kohya',
    is: (command) =>
      script(
        command,
        /^(?:(?:sdxl_|flux_|sd3_|lumina_|hv_|wan_)?train_(?:network|db|textual_inversion|control_net\w*|leco)|(?:sdxl|flux|sd3)_train|fine_tune)\.py$/,
      ) &&
      has(
        command,
        'output_name',
        'network_module',
        'save_model_as',
        'dataset_config',
        'config_file',
        'train_data_dir',
      ),
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
  mmengine: {
    framework: 'mmengine',
    is: (command) =>
      (command.kind === 'script' &&
        /(?:^|\/)(?:tools|mmdet\/tools)\/train\.py$/.test(command.path) &&
        firstWord(command)?.endsWith('.py') === true) ||
      (command.program === 'mim' && command.words[0] === 'train'),
    folder: (command) =>
      named(
        option(command, 'work_dir'),
        command.program === 'mim' ? null : `work_dirs/${stem(firstWord(command) ?? '')}`,
      ),
  },
  detectron2: {
    framework: 'detectron2',
    is: (command) => script(command, /^(?:plain_|lazyconfig_)?train_net\.py$/) && has(command, 'config_file'),
    folder: ({ words }) => {
      const at = words.indexOf('OUTPUT_DIR');
      return named(at < 0 ? undefined : words[at + 1], './output');
    },
  },
  stylegan: {
    framework: 'stylegan',
    is: (command) =>
      script(command, /^train\.py$/) &&
      has(command, 'outdir') &&
      has(command, 'data') &&
      has(command, 'gpus', 'cfg', 'kimg'),
    folder: optionFolder(null, 'outdir'),
  },
  paddle: {
    framework: 'paddle',
    is: (command) =>
      command.kind === 'script' &&
      /(?:^|\/)tools\/train\.py$/.test(command.path) &&
      /\.ya?ml$/.test(option(command, 'c', 'config') ?? ''),
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
} satisfies Readonly<Record<string, CommandFamily>>;
