import { holdfastComment } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import type { ReachWish } from './reach-wish.ts';

/** The file with our Python (`REACH_SOURCE`), which has to lie where the kernel can read it. */
export const WATCH_MODULE = 'holdfast-reach.py';
/** A wish, and what it came to, in the folder that is watched. */
export const WATCH_REQUEST = 'holdfast-request.json';
export const WATCH_ANSWER = 'holdfast-answer.json';

/**
 * A small visible cell for above the training cell, for kernels that no socket of ours reaches: from then on a wish is a file.
 * Its answer is read by `readReachAnswer`, and has the wish's `id`.
 *
 * @param modulePath `WATCH_MODULE` as the kernel finds it. @param folder The folder to look into, likewise.
 */
export const watchCell = (modulePath: string, folder: string, title: string): string =>
  [
    holdfastComment(title),
    'import sys, types',
    'if "_holdfast_reach" not in sys.modules:',
    `    with open(${pythonLiteral(modulePath)}, encoding="utf-8") as holdfast_file:`,
    '        sys.modules["_holdfast_reach"] = types.ModuleType("_holdfast_reach")',
    '        exec(compile(holdfast_file.read(), "<holdfast>", "exec"), sys.modules["_holdfast_reach"].__dict__)',
    `sys.modules["_holdfast_reach"].watch(${pythonLiteral(folder)})`,
    '',
  ].join('\n');

/** The text of a request file. */
export const watchRequest = (id: string, wish: ReachWish): string => JSON.stringify({ ...wish, id });
