import { fileLayout } from './file-kinds.ts';
import { has, numberIn, type Layout } from './layout.ts';
import { pointerFile } from './pointers.ts';

const endsWith = (path: string, name: string): boolean => path === name || path.endsWith(`/${name}`);

/** `runs/detect/train/weights/`: `last.pt`, `best.pt`, and `epoch{n}.pt` (from 0) with `save_period` (ultralytics 8, YOLOv5). */
export const ultralyticsLayout: Layout = fileLayout({
  framework: 'ultralytics',
  names: [
    { pattern: /^last\.pt$/, resumes: 'exactly' },
    { pattern: /^best\.pt$/, resumes: 'exactly' },
    {
      pattern: /^epoch(\d{1,15})\.pt$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'exactly',
    },
  ],
  when: (folder, hint) =>
    hint === 'ultralytics' || (endsWith(folder.path, 'weights') && has(folder, 'last.pt')),
});

/**
 * detectron2 and fvcore: `model_0004999.pth` is named by the iteration, from 0, so that 5000 are done; `model_final.pth`;
 * `last_checkpoint` names the newest.
 */
export const detectron2Layout: Layout = fileLayout({
  framework: 'detectron2',
  names: [
    {
      pattern: /^model_(\d{7})\.pth$/,
      read: (match) => ({ step: (numberIn(match, 1) ?? 0) + 1, epoch: null }),
      resumes: 'exactly',
    },
    { pattern: /^model_(?:final|best)\.pth$/, resumes: 'exactly' },
  ],
  pointer: pointerFile('last_checkpoint', 'enough'),
  when: (_, hint) => hint === 'detectron2' || hint === null,
});

/** MMEngine and mmcv: `epoch_3.pth`, `iter_4000.pth`, `best_acc_top1_epoch_1.pth`; `last_checkpoint` names the newest. */
export const mmengineLayout: Layout = fileLayout({
  framework: 'mmengine',
  names: [
    {
      pattern: /^(?:best_.+_)?epoch_(\d{1,15})\.pth$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'exactly',
    },
    {
      pattern: /^(?:best_.+_)?iter_(\d{1,15})\.pth$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
  ],
  pointer: pointerFile('last_checkpoint', 'enough'),
  when: (folder, hint) =>
    hint === 'mmengine' || (hint === null && (has(folder, 'last_checkpoint') || has(folder, 'latest.pth'))),
});

/** fastai (2.7): `models/{fname}.pth`, `{fname}_{epoch}.pth` with `every_epoch`, from 0. Whether the optimizer is in it, no name tells. */
export const fastaiLayout: Layout = fileLayout({
  framework: 'fastai',
  names: [
    {
      pattern: /^.+_(\d{1,6})\.pth$/,
      read: (match) => ({ step: null, epoch: numberIn(match, 1) }),
      resumes: 'unknown',
    },
    { pattern: /^.+\.pth$/, resumes: 'unknown' },
  ],
  when: (_, hint) => hint === 'fastai',
});

/** StyleGAN2 and 3: `network-snapshot-000200.pkl`. The number is of a thousand images, no step; a pickle proves nothing. */
export const styleganLayout: Layout = fileLayout({
  framework: 'stylegan',
  names: [{ pattern: /^network-snapshot-(?:\d{6}|latest)\.pkl$/, resumes: 'exactly' }],
});
