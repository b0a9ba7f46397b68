import { holdfastComment, setupVariable } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import type { ReachWish } from './reach-wish.ts';

/** The folder of ours in which wishes are put down, beside what the kernel calls its own. Nobody else writes into it. */
export const WATCH_FOLDER = 'holdfast-asks';
/** The file with our Python (`REACH_SOURCE`), in that folder. */
export const WATCH_MODULE = 'holdfast-reach.py';
/** A wish, and what it came to, in the folder that is watched. */
export const WATCH_REQUEST = 'holdfast-request.json';
export const WATCH_ANSWER = 'holdfast-answer.json';

/** The sentences of the cell. */
export interface WatchWords {
  readonly comment: string;
  readonly ready: string;
  /** Our file is not there: the notebook has another machine now. */
  readonly missing: string;
}

/**
 * A small visible cell for above the training cell, for kernels that no socket of ours reaches: from then on a wish is a file.
 * Its answer is read by `readReachAnswer`, and has the wish's `id`. It is setup, so that a recovery runs it again; where our file
 * is gone it says so and fails nothing.
 *
 * @param folder The folder of ours as the kernel finds it; `~` is its home. Where the kernel sees the disk from another root than its
 * server, it is looked for where the kernel stands.
 */
export const watchCell = (folder: string, words: WatchWords): string =>
  [
    holdfastComment(words.comment),
    'import os, sys, types',
    `${setupVariable} = ${pythonLiteral(words.missing)}`,
    `holdfast_folder = os.path.expanduser(${pythonLiteral(folder)})`,
    'if not os.path.isdir(holdfast_folder):',
    `    holdfast_folder = ${pythonLiteral(WATCH_FOLDER)}`,
    `holdfast_path = os.path.join(holdfast_folder, ${pythonLiteral(WATCH_MODULE)})`,
    'if os.path.exists(holdfast_path):',
    '    if "_holdfast_reach" not in sys.modules:',
    '        with open(holdfast_path, encoding="utf-8") as holdfast_file:',
    '            holdfast_module = types.ModuleType("_holdfast_reach")',
    '            exec(compile(holdfast_file.read(), "<holdfast>", "exec"), holdfast_module.__dict__)',
    '        sys.modules["_holdfast_reach"] = holdfast_module',
    '    sys.modules["_holdfast_reach"].watch(holdfast_folder)',
    `    ${setupVariable} = ${pythonLiteral(words.ready)}`,
    `print(${setupVariable})`,
    '',
  ].join('\n');

/** The text of a request file. */
export const watchRequest = (id: string, wish: ReachWish): string => JSON.stringify({ ...wish, id });
