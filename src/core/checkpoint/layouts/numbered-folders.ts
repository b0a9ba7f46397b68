import type { Framework } from '../../framework.ts';
import {
  accelerateCountedFolder,
  accelerateExampleFolder,
  diffusersFolder,
  kohyaStateFolder,
} from './accelerate.ts';
import { foundFolders, type FolderKind } from './folder-kinds.ts';
import { filesOf, type Layout } from './layout.ts';
import {
  oldSentenceFolder,
  orbaxFolder,
  savedModelFolder,
  spacyFolder,
  speechbrainFolder,
} from './named-folders.ts';
import { deepspeedFolder, megatronFolder, nemoFolder, rayFolder, torchtuneFolder } from './sharded.ts';
import { paddleTrainerFolder, trainerFolder } from './trainer.ts';

/**
 * All that names a folder. Several frameworks share names (`checkpoint-1`, `epoch_3`, `500`): the first kind whose name fits
 * and that finds its own files in it is the one. The Trainer comes last of those with a dash: it takes what is not finished.
 */
const KINDS: readonly FolderKind[] = [
  diffusersFolder,
  accelerateCountedFolder,
  paddleTrainerFolder,
  trainerFolder,
  accelerateExampleFolder,
  torchtuneFolder,
  rayFolder,
  kohyaStateFolder,
  deepspeedFolder,
  megatronFolder,
  nemoFolder,
  speechbrainFolder,
  spacyFolder,
  orbaxFolder,
  oldSentenceFolder,
];

const unfinishedMark = (name: string): string => `${name}-unfinished`;

export const folderLayout: Layout = {
  frameworks: [...new Set(KINDS.map(({ framework }) => framework))],
  find: (folder, hint) => {
    const marks = new Set(filesOf(folder).map(({ name }) => name));
    return foundFolders(folder, kindsFor(hint), hint).map((found) => ({
      ...found,
      unfinished: marks.has(unfinishedMark(found.name)) ? unfinishedMark(found.name) : null,
    }));
  },
};

/** Folders with any name that sounds like a model are looked into only where Keras trains. */
const kindsFor = (hint: Framework | null): readonly FolderKind[] =>
  hint === 'keras' || hint === 'tensorflow' ? [...KINDS, savedModelFolder] : KINDS;
