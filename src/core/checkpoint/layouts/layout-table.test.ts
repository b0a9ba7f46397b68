import { describe, expect, it } from 'vitest';
import { FRAMEWORKS, type Framework } from '../../framework.ts';
import type { FolderListing } from '../listing.ts';
import { checkpointsIn, LAYOUTS } from './layout-table.ts';
import type { FoundCheckpoint } from './layout.ts';
import { folderLayout } from './numbered-folders.ts';

/** `name/` is a folder. */
const listing = (names: readonly string[], path = 'out'): FolderListing => ({
  path,
  entries: names.map((name) =>
    name.endsWith('/')
      ? { name: name.slice(0, -1), kind: 'directory', sizeBytes: null, modifiedAt: 1 }
      : { name, kind: 'file', sizeBytes: 10, modifiedAt: 1 },
  ),
});

type Row = readonly [name: string, framework: Framework, step: number | null, epoch: number | null];

const rowsOf = (found: readonly FoundCheckpoint[], contents: readonly string[] = []): readonly Row[] =>
  found
    .flatMap((each): Row[] => {
      const candidate = each.candidates.find((one) => one.isOne(listing(contents)));
      return candidate === undefined
        ? []
        : [[each.name, candidate.rules.framework, candidate.step, candidate.epoch]];
    })
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const STATE = ['model.safetensors', 'optimizer.bin', 'random_states_0.pkl'];

describe('a folder by its name and what lies in it', () => {
  it.each<[string, readonly string[], Framework | null, readonly Row[]]>([
    [
      'checkpoint-400',
      ['trainer_state.json', 'model.safetensors'],
      null,
      [['checkpoint-400', 'transformers', 400, null]],
    ],
    ['checkpoint-400', [], null, [['checkpoint-400', 'transformers', 400, null]]],
    [
      'checkpoint-400',
      ['trainer_state.json', 'model_state.pdparams'],
      null,
      [['checkpoint-400', 'paddle', 400, null]],
    ],
    ['checkpoint-1', STATE, null, [['checkpoint-1', 'accelerate', null, null]]],
    ['checkpoint-1', STATE, 'accelerate', [['checkpoint-1', 'accelerate', null, null]]],
    [
      'checkpoint-500',
      [...STATE, 'pytorch_lora_weights.safetensors'],
      null,
      [['checkpoint-500', 'diffusers', 500, null]],
    ],
    ['checkpoint-500', [...STATE, 'unet'], null, [['checkpoint-500', 'diffusers', 500, null]]],
    ['checkpoint-500', STATE, 'diffusers', [['checkpoint-500', 'diffusers', 500, null]]],
    ['checkpoint_3', STATE, null, [['checkpoint_3', 'accelerate', null, null]]],
    ['step_500', STATE, null, [['step_500', 'accelerate', 500, null]]],
    ['epoch_3', STATE, null, [['epoch_3', 'accelerate', null, 3]]],
    [
      'epoch_3',
      ['model-00001-of-00001.safetensors', 'config.json'],
      null,
      [['epoch_3', 'torchtune', null, 3]],
    ],
    ['epoch_3', ['notes.txt'], null, []],
    [
      'checkpoint_000009',
      ['algorithm_state.pkl', 'policies'],
      null,
      [['checkpoint_000009', 'ray', null, null]],
    ],
    ['lora-000002-state', STATE, null, [['lora-000002-state', 'kohya', null, 2]]],
    ['lora-step00000100-state', STATE, null, [['lora-step00000100-state', 'kohya', 100, null]]],
    ['lora-state', STATE, null, [['lora-state', 'kohya', null, null]]],
    ['global_step100', ['mp_rank_00_model_states.pt'], null, [['global_step100', 'deepspeed', 100, null]]],
    ['iter_0005000', ['mp_rank_00'], null, [['iter_0005000', 'megatron', 5000, null]]],
    [
      'gpt--val_loss=0.33-step=49-consumed_samples=400.0-last',
      ['weights', 'context'],
      null,
      [['gpt--val_loss=0.33-step=49-consumed_samples=400.0-last', 'nemo', 49, null]],
    ],
    [
      'CKPT+2024-10-08+11-08-06+00',
      ['CKPT.yaml'],
      null,
      [['CKPT+2024-10-08+11-08-06+00', 'speechbrain', null, null]],
    ],
    ['model-best', ['meta.json', 'config.cfg', 'ner'], null, [['model-best', 'spacy', null, null]]],
    ['model-best', ['pictures'], null, []],
    ['500', ['_CHECKPOINT_METADATA', 'default'], null, [['500', 'jax', 500, null]]],
    ['500', ['modules.json', 'model.safetensors'], null, [['500', 'transformers', 500, null]]],
    ['2024', ['holidays.jpg'], null, []],
    ['500.orbax-checkpoint-tmp-12', ['_CHECKPOINT_METADATA'], null, []],
    ['model_epoch_3', ['saved_model.pb', 'variables'], 'keras', [['model_epoch_3', 'keras', null, 3]]],
    ['model_epoch_3', ['saved_model.pb', 'variables'], null, []],
    ['restoring.checkpoint-400.holdfast-part', ['trainer_state.json'], null, []],
    ['before-restore-1.checkpoint-400', ['trainer_state.json'], null, []],
  ])('%s with %j (%s)', (name, contents, hint, rows) => {
    expect(rowsOf(checkpointsIn(listing([`${name}/`]), hint), contents)).toEqual(rows);
  });

  it('is marked while NeMo writes it', () => {
    const found = checkpointsIn(listing(['m-step=49-last/', 'm-step=49-last-unfinished']), 'nemo');
    expect(found.map(({ unfinished }) => unfinished)).toEqual(['m-step=49-last-unfinished']);
  });
});

describe('files by their names', () => {
  it.each<[readonly string[], Framework | null, readonly Row[]]>([
    [
      ['epoch=3-step=400.ckpt', 'epoch=3-step=400-v1.ckpt', 'last.ckpt', 'hparams.yaml'],
      null,
      [
        ['epoch=3-step=400-v1.ckpt', 'lightning', 400, 3],
        ['epoch=3-step=400.ckpt', 'lightning', 400, 3],
        ['last.ckpt', 'lightning', null, null],
      ],
    ],
    [
      ['best-epoch=07-val_loss=0.25.ckpt'],
      null,
      [['best-epoch=07-val_loss=0.25.ckpt', 'lightning', null, 7]],
    ],
    [['unet.ckpt'], 'lightning', [['unet.ckpt', 'lightning', null, null]]],
    [['unet.ckpt'], null, []],
    [['epoch=1-step=9.ckpt.part'], null, []],
    [
      ['gpt--step=49-consumed_samples=400.0.ckpt'],
      null,
      [['gpt--step=49-consumed_samples=400.0.ckpt', 'nemo', 49, null]],
    ],
    [
      ['weights.03.keras', 'weights.04.keras'],
      null,
      [
        ['weights.03.keras', 'keras', null, 3],
        ['weights.04.keras', 'keras', null, 4],
      ],
    ],
    [['weights.03-0.25.hdf5'], null, [['weights.03-0.25.hdf5', 'keras', null, 3]]],
    [['model-0.25.keras'], null, [['model-0.25.keras', 'keras', null, null]]],
    [['cp-0005.weights.h5'], null, [['cp-0005.weights.h5', 'keras', null, 5]]],
    [['epoch_12.keras'], null, [['epoch_12.keras', 'keras', null, 12]]],
    [['best.keras'], null, [['best.keras', 'keras', null, null]]],
    [['latest.weights.h5', 'training_metadata.json'], null, [['latest.weights.h5', 'keras', null, null]]],
    [['train_data.h5'], null, []],
    [
      ['model.ckpt-1000.index', 'model.ckpt-1000.meta', 'model.ckpt-1000.data-00000-of-00001', 'checkpoint'],
      null,
      [['model.ckpt-1000', 'tensorflow', 1000, null]],
    ],
    [['ckpt-3.index', 'ckpt-3.data-00000-of-00001'], null, [['ckpt-3', 'tensorflow', null, null]]],
    [
      ['cp-0003.ckpt.index', 'cp-0003.ckpt.data-00000-of-00001'],
      'keras',
      [['cp-0003.ckpt', 'keras', null, 3]],
    ],
    [
      ['model_0004999.pth', 'model_final.pth', 'last_checkpoint', 'metrics.json'],
      null,
      [
        ['model_0004999.pth', 'detectron2', 5000, null],
        ['model_final.pth', 'detectron2', null, null],
      ],
    ],
    [
      ['epoch_3.pth', 'best_acc_top1_epoch_1.pth', 'last_checkpoint'],
      null,
      [
        ['best_acc_top1_epoch_1.pth', 'mmengine', null, 1],
        ['epoch_3.pth', 'mmengine', null, 3],
      ],
    ],
    [['iter_4000.pth'], 'mmengine', [['iter_4000.pth', 'mmengine', 4000, null]]],
    [['epoch_3.pth'], null, [['epoch_3.pth', 'pytorch', null, 3]]],
    [
      ['checkpoint3.pt', 'checkpoint_3_5000.pt', 'checkpoint_last.pt'],
      null,
      [
        ['checkpoint3.pt', 'fairseq', null, 3],
        ['checkpoint_3_5000.pt', 'fairseq', 5000, 3],
        ['checkpoint_last.pt', 'fairseq', null, null],
      ],
    ],
    [
      ['model_2.pth', 'model.pth'],
      'fastai',
      [
        ['model.pth', 'fastai', null, null],
        ['model_2.pth', 'fastai', null, 2],
      ],
    ],
    [
      ['rl_model_1000_steps.zip', 'best_model.zip'],
      null,
      [
        ['best_model.zip', 'sb3', null, null],
        ['rl_model_1000_steps.zip', 'sb3', 1000, null],
      ],
    ],
    [['photos.zip'], null, []],
    [['model_10.ubj'], null, [['model_10.ubj', 'boosting', 10, null]]],
    [['model_10.json'], 'boosting', [['model_10.json', 'boosting', 10, null]]],
    [['model_10.json'], null, []],
    [['m.txt.snapshot_iter_100'], null, [['m.txt.snapshot_iter_100', 'boosting', 100, null]]],
    [['experiment.cbsnapshot'], null, [['experiment.cbsnapshot', 'boosting', null, null]]],
    [
      ['best-model.pt', 'final-model.pt', 'training.log'],
      null,
      [
        ['best-model.pt', 'flair', null, null],
        ['final-model.pt', 'flair', null, null],
      ],
    ],
    [['model_epoch_3.pt'], null, [['model_epoch_3.pt', 'flair', null, 3]]],
    [
      ['model_state_epoch_3.th', 'training_state_epoch_3.th', 'best.th'],
      null,
      [
        ['best.th', 'allennlp', null, null],
        ['model_state_epoch_3.th', 'allennlp', null, 3],
      ],
    ],
    [['model_state_e3_b0.th'], null, [['model_state_e3_b0.th', 'allennlp', null, 3]]],
    [['ep1-ba42-rank0.pt', 'latest-rank0.pt'], null, [['ep1-ba42-rank0.pt', 'composer', 42, 1]]],
    [['checkpoint_1000'], null, [['checkpoint_1000', 'jax', 1000, null]]],
    [['checkpoint_1000tmp'], null, []],
    [['nmt_step_1000.pt'], 'opennmt', [['nmt_step_1000.pt', 'opennmt', 1000, null]]],
    [
      ['1000.ckpt', 'best.ckpt'],
      null,
      [
        ['1000.ckpt', 'opennmt', 1000, null],
        ['best.ckpt', 'opennmt', null, null],
      ],
    ],
    [
      ['3epoch.pth', 'checkpoint.pth'],
      null,
      [
        ['3epoch.pth', 'espnet', null, 3],
        ['checkpoint.pth', 'espnet', null, null],
      ],
    ],
    [
      ['checkpoint_10000.pth', 'best_model.pth', 'config.json'],
      null,
      [
        ['best_model.pth', 'coqui', null, null],
        ['checkpoint_10000.pth', 'coqui', 10000, null],
      ],
    ],
    [['G_1000.pth', 'D_1000.pth'], null, [['G_1000.pth', 'vits', 1000, null]]],
    [['G_2333333.pth', 'D_2333333.pth'], null, [['G_2333333.pth', 'vits', null, null]]],
    [['latest.pdparams', 'latest.pdopt', 'latest.states'], null, [['latest', 'paddle', null, null]]],
    [['iter_epoch_270.pdparams'], null, [['iter_epoch_270', 'paddle', null, 270]]],
    [['network-snapshot-000200.pkl'], null, [['network-snapshot-000200.pkl', 'stylegan', null, null]]],
    [
      ['lora-000002.safetensors', 'lora.safetensors'],
      null,
      [
        ['lora-000002.safetensors', 'kohya', null, 2],
        ['lora.safetensors', 'kohya', null, null],
      ],
    ],
    [['lora-step00000100.safetensors'], null, [['lora-step00000100.safetensors', 'kohya', 100, null]]],
    [['model.safetensors'], null, []],
    [['ckpt.pt'], 'nanogpt', [['ckpt.pt', 'nanogpt', null, null]]],
    [['ckpt.pt'], null, [['ckpt.pt', 'pytorch', null, null]]],
    [['unet.pt'], 'pytorch', [['unet.pt', 'pytorch', null, null]]],
    [['unet.pt', 'resnet50.pth'], null, []],
    [['ckpt_step_500.pt'], null, [['ckpt_step_500.pt', 'pytorch', 500, null]]],
    [['checkpoint.pth.tar'], null, [['checkpoint.pth.tar', 'pytorch', null, null]]],
    [['snapshot_epoch_12.pth'], null, [['snapshot_epoch_12.pth', 'pytorch', null, 12]]],
    [['before-restore-1.last.pt'], null, []],
  ])('%j (%s)', (names, hint, rows) => {
    expect(rowsOf(checkpointsIn(listing(names), hint))).toEqual(rows);
  });

  it('are those of ultralytics in its own folder only', () => {
    const names = ['last.pt', 'best.pt', 'epoch9.pt'];
    expect(rowsOf(checkpointsIn(listing(names, 'runs/detect/train/weights'), null))).toEqual([
      ['best.pt', 'ultralytics', null, null],
      ['epoch9.pt', 'ultralytics', null, 9],
      ['last.pt', 'ultralytics', null, null],
    ]);
    expect(rowsOf(checkpointsIn(listing(['last.pt']), null))).toEqual([['last.pt', 'pytorch', null, null]]);
  });

  it('take along what belongs to them', () => {
    const of = (names: readonly string[]) =>
      checkpointsIn(listing(names), null).map(({ form, entries }) => [form, entries.map(({ name }) => name)]);
    expect(of(['G_1.pth', 'D_1.pth'])).toEqual([['file', ['G_1.pth', 'D_1.pth']]]);
    expect(of(['ckpt-1.data-00000-of-00001', 'ckpt-1.index', 'ckpt-10.index'])).toEqual([
      ['prefix', ['ckpt-1.data-00000-of-00001', 'ckpt-1.index']],
      ['prefix', ['ckpt-10.index']],
    ]);
  });
});

it('knows every framework', () => {
  const known = new Set([...folderLayout.frameworks, ...LAYOUTS.flatMap(({ frameworks }) => frameworks)]);
  expect(FRAMEWORKS.filter((framework) => !known.has(framework))).toEqual([]);
});
