import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import type { Announcement, LogFormat, Reading } from '../log-format.ts';
import { folderOf, printedPath } from '../printed-values.ts';
import { momentInName } from '../free-words/moment.ts';
import type { TqdmBar } from '../tqdm-bar.ts';

/**
 * torchtune's recipes. A checkpoint is printed file by file: the shards of the model, then the adapter and the state of
 * the recipe; it is one save, told at its first file. The bar shows epoch, step and loss: `1|1625|Loss: 1.58: 100%|…`.
 *
 * Source: pytorch/torchtune @ bd2a0fc7, `torchtune/training/checkpointing/` (`_checkpointer.py`, `_checkpoint_client.py`),
 * logged by default with the prefix `INFO:torchtune.utils._logging:` (`logging:` before 0.3); sizes in `GB` before 0.5,
 * file names end in `_{epoch}` before 0.5, files stand in `epoch_{e}/` or `step_{n}/` since then. Not events: `Saving
 * checkpoint. This may take some time …`, `Saving checkpoint took … secs`, `… has been saved successfully.You can now`.
 */
export const torchtune: LogFormat = {
  name: 'torchtune',
  phrases: [
    { start: 'Model checkpoint of size ', read: (rest, context) => file(rest, context, 'model') },
    { start: 'Adapter checkpoint of size ', read: (rest, context) => file(rest, context, 'adapter') },
    { start: 'Recipe checkpoint of size ', read: (rest, context) => file(rest, context, 'recipe') },
    { start: 'Saving checkpoint. This may take some time.', read: next },
    { start: 'Saving checkpoint took ', read: next },
    { start: 'Saving final epoch checkpoint.', read: next },
    {
      start: 'The full model checkpoint, including all weights and configurations, has been saved',
      read: next,
    },
  ],
  bar,
};

interface Save {
  /** Files of the save being printed. */
  files: Set<string>;
  group: string | null;
}

const saveOf = remembers((): Save => ({ files: new Set(), group: null }));
const MOST_FILES = 1000;

function file(rest: string, context: LogContext, part: 'model' | 'adapter' | 'recipe'): Reading {
  const path = printedPath(/^[\d.]{1,20} Gi?B saved to (.{1,4096})$/.exec(rest)?.[1] ?? '', 'allowed');
  if (path === null) return null;
  const save = saveOf(context);
  const group = groupOf(path);
  const isSame = part === 'recipe' ? save.group !== null : save.group === group;
  if (isSame && !save.files.has(path) && save.files.size < MOST_FILES) {
    save.files.add(path);
    return [];
  }
  save.group = group;
  save.files = new Set([path]);
  const folder = folderOf(path);
  return { kind: 'saved', path, ...(folder === null ? {} : momentInName(folder)) };
}

/** Folder and, in old names (`hf_model_0001_0.pt`), the epoch: what all files of one save have in common. */
const groupOf = (path: string): string =>
  `${folderOf(path) ?? ''} ${/_(\d{1,6})\.\w{2,12}$/.exec(path)?.[1] ?? ''}`;

function next(_rest: string, context: LogContext): Reading {
  const save = saveOf(context);
  save.files = new Set();
  save.group = null;
  return [];
}

const BAR = /(?:^|\D)(\d{1,9})\|(\d{1,12})\|Loss: (-?\d{1,9}(?:\.\d{1,20})?)/;

function bar({ description }: TqdmBar): Announcement | null {
  const match = description.includes('|Loss: ') ? BAR.exec(description) : null;
  return match === null
    ? null
    : { kind: 'progress', epoch: Number(match[1]), step: Number(match[2]), loss: Number(match[3]) };
}
