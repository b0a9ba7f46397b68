import type { Framework } from '../../framework.ts';
import type { FolderListing } from '../listing.ts';
import type { Requirements } from '../requirements.ts';
import {
  filesOf,
  numberIn,
  type FoundCheckpoint,
  type Layout,
  type Pointer,
  type Reading,
} from './layout.ts';

/** `checkpoint`, a text beside the files, rewritten after them: `model_checkpoint_path: "model.ckpt-1000"`. */
const CHECKPOINT_TEXT: Pointer = {
  file: 'checkpoint',
  weight: 'enough',
  covers: (text, name) =>
    [...text.matchAll(/"([^"]*)"/g)].some(([, path = '']) => path.split('/').at(-1) === name),
};

/**
 * `model.ckpt-1000` (Estimator, TF1: the step) and `ckpt-3` (CheckpointManager: a counter of saves, never a step); `cp-0003.ckpt`
 * of a Keras ModelCheckpoint (an epoch, by its user's template).
 */
const readingOf = (prefix: string): Reading => {
  const step = /^model\.ckpt-(\d{1,15})$/.exec(prefix);
  if (step !== null) return { step: numberIn(step, 1), epoch: null };
  const epoch = /^(?:cp|weights|model|epoch)[-_.](\d{1,6})(?:[-_.].*)?\.ckpt$/.exec(prefix);
  return { step: null, epoch: epoch === null ? null : numberIn(epoch, 1) };
};

/**
 * The index is written after the data and ends with a mark of its own (`BundleWriter::Finish`); how many parts the data has, the
 * names say: `.data-00000-of-00002`.
 */
const needs =
  (prefix: string) =>
  ({ entries }: FolderListing): Requirements => {
    const parts = entries.flatMap(({ name }) => /-of-(\d{5})$/.exec(name)?.[1] ?? []);
    const count = Math.min(Number(parts[0] ?? 1), 1000);
    const data = Array.from({ length: count }, (_, index) => `${prefix}.data-${pad(index)}-of-${pad(count)}`);
    return { files: [`${prefix}.index`, ...data], opaque: [], resumes: 'exactly' };
  };

const pad = (number: number): string => String(number).padStart(5, '0');

export const tensorflowLayout: Layout = {
  frameworks: ['tensorflow'],
  find: (folder, hint) => {
    const prefixes = filesOf(folder).flatMap(({ name }) => /^(.+)\.index$/.exec(name)?.[1] ?? []);
    return prefixes.map((prefix) => foundPrefix(folder, prefix, hint));
  },
};

const foundPrefix = (folder: FolderListing, prefix: string, hint: Framework | null): FoundCheckpoint => {
  const entries = filesOf(folder).filter(({ name }) =>
    new Set(['index', 'meta', 'data']).has(
      name.startsWith(`${prefix}.`) ? (/^[a-z]+/.exec(name.slice(prefix.length + 1))?.[0] ?? '') : '',
    ),
  );
  const rules = {
    framework: hint === 'keras' ? ('keras' as const) : ('tensorflow' as const),
    pointer: CHECKPOINT_TEXT,
    needs: needs(prefix),
  };
  return {
    name: prefix,
    form: 'prefix',
    entries,
    candidates: [{ ...readingOf(prefix), rules, isOne: () => true }],
    unfinished: null,
  };
};
