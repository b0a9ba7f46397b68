/**
 * Says what a notebook's training will save, one JSON line a notebook, in the order they are given:
 *
 *     npm run -s plan -- a.ipynb b.ipynb
 *
 *     {"notebook", "train", "arguments", "verdict", "saves_at", "kept_at_end"}
 *
 * `train`: the cell that trains, the last in the notebook with a Trainer, else the last with anything else, as {"cell",
 * "variable"}: the index among all cells, counted from 0, and the trainer as written (`null`: a loop or a program);
 * `null` where no cell trains. `arguments`: the call that makes its arguments, as {"cell",
 * "class", …}; `null` where it was not found. Its fields have the names of `TrainingArguments`. A field that is not given has
 * the default of its class; one that is given but cannot be followed is `null` and named in "unknown"; `None` that counts
 * is `null` and not named there. "given" names the fields that the notebook itself sets.
 *
 * `verdict`: "saves" before the last step; "never-before-end": nothing before the last step; "no": nothing at all;
 * "epochs": after each epoch, whose steps are not known; "length-unknown": by steps, but the number of steps of the run is
 * not known; "unknown": the code does not tell. `saves_at`: the steps, as far as they can be told, the last one included
 * where Transformers saves there (4.42 and later). `kept_at_end`: those that are sure to be left.
 *
 * Unsloth's configurations save nothing at all, not even at the end, where neither a folder nor an interval is given
 * ("save_strategy" is "no" then, and `saves_at` empty). Such a run is "never-before-end" where it is no longer than the
 * interval that it leaves unused, else "no".
 *
 * A notebook that cannot be read is named on stderr, the others are read, and the exit code is 2.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { planLine } from './plan/plan-line.ts';
import { readNotebook } from './plan/read-notebook.ts';

const UNREADABLE = 2;
const WRONG_USAGE = 64;

/** The text of a file, or one sentence on what is wrong. */
const textOf = (path: string): { readonly text: string } | { readonly trouble: string } => {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : 'cannot be read' };
  }
};

// The reader of a pipe may close it early (`| head`): that is the end of the work, not a crash.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const paths = process.argv.slice(2);
if (paths.length === 0) {
  process.stderr.write('usage: plan NOTEBOOK.ipynb …\n');
  process.exitCode = WRONG_USAGE;
}
for (const path of paths) {
  const file = textOf(path);
  const read = 'trouble' in file ? file : readNotebook(file.text);
  if ('trouble' in read) {
    process.stderr.write(`${path}: ${read.trouble}\n`);
    process.exitCode = UNREADABLE;
  } else {
    process.stdout.write(`${JSON.stringify(planLine(path, read))}\n`);
  }
}
