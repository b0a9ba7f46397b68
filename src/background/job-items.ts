import { checkedOf, sizeOf, type CopyRecord } from '../vault/copy-record.ts';
import type { JobItem } from './job.ts';
import type { Notebook } from './notebook.ts';

/** The run's checkpoints of these names that are on the disk, newest first. */
export const itemsOfRun = ({ run }: Notebook, names: readonly string[]): readonly JobItem[] => {
  if (run?.folder.kind !== 'known') return [];
  const { onServer } = run.folder;
  return run.checkpoints
    .filter(({ name, gone }) => !gone && names.includes(name))
    .toSorted((a, b) => b.step - a.step)
    .map(({ name, step, sizeBytes, trainerState, packages }) => ({
      name,
      folder: onServer === '' ? name : `${onServer}/${name}`,
      step,
      loss: trainerState?.lastLoss?.step === step ? trainerState.lastLoss.loss : null,
      packages: { ...run.packages, ...packages },
      sizeBytes,
      copyId: null,
      checked: null,
    }));
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
    step: null,
    loss: null,
    sizeBytes: null,
    copyId: null,
    checked: null,
  };
};

export const itemOfCopy = (copy: CopyRecord): JobItem => ({
  name: copy.name,
  folder: copy.from.folder,
  step: copy.step,
  loss: copy.loss,
  sizeBytes: sizeOf(copy),
  copyId: copy.id,
  checked: checkedOf(copy),
});
