import type { TrainerState } from '../core/checkpoint/checkpoint.ts';
import { newestFirst } from '../core/checkpoint/newer.ts';
import { checkedOf, sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import type { JobItem } from './job.ts';
import type { Notebook } from './notebook.ts';

/** The run's checkpoints of these names that are on the disk, newest first. */
export const itemsOfRun = ({ run }: Notebook, names: readonly string[]): readonly JobItem[] => {
  if (run?.folder.kind !== 'known') return [];
  const { onServer } = run.folder;
  return run.checkpoints
    .filter(({ name, gone }) => !gone && names.includes(name))
    .toSorted(newestFirst)
    .map(({ name, framework, form, step, epoch, sizeBytes, trainerState, packages }) => ({
      name,
      folder: onServer === '' ? name : `${onServer}/${name}`,
      framework,
      form,
      step,
      epoch,
      loss: lossAt(trainerState, step),
      packages: { ...run.packages, ...packages },
      sizeBytes,
      copyId: null,
      checked: null,
    }));
};

const lossAt = (state: TrainerState | null, step: number | null): number | null => {
  const last = state?.lastLoss ?? null;
  return last !== null && last.step === step ? last.loss : null;
};

/** A folder that the user named, as the file list of the server shows it; `null` for what cannot be one. */
export const itemOfFolder = (path: string): JobItem | null => {
  const names = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((name) => name !== '' && name !== '.');
  const name = names.at(-1);
  if (name === undefined || names.includes('..')) return null;
  return {
    name,
    folder: names.join('/'),
    framework: 'transformers',
    form: 'folder',
    step: null,
    epoch: null,
    loss: null,
    sizeBytes: null,
    copyId: null,
    checked: null,
  };
};

export const itemOfCopy = (copy: CopyRecord): JobItem => ({
  name: copy.name,
  folder: copy.from.folder,
  framework: copy.framework,
  form: copy.form,
  step: copy.step,
  epoch: copy.epoch,
  loss: copy.loss,
  sizeBytes: sizeOf(copy),
  copyId: copy.id,
  checked: checkedOf(copy),
});
