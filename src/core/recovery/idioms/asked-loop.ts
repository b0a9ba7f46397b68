import { fail, ok } from '../../result.ts';
import { countedBy, resumeLoopLines } from '../../reach/resume-loop-lines.ts';
import type { EpochLoop } from '../../source/framework-training.ts';
import { walk, type PythonTree } from '../../source/python-tree.ts';
import { beginAt } from './epoch-start.ts';
import { note, type LoopIdiom } from './idiom.ts';
import { linesBefore, parseCell } from './python-edits.ts';

/**
 * A loop goes on from a checkpoint that it was asked for while it ran: the states are loaded under the names that the running
 * code had for them, and the loop begins where its own counter stood.
 */
export const askedLoopIdiom: LoopIdiom = ({ source, site, point }) => {
  if (point.asked === undefined || site.loop === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const before = linesBefore(source, tree, site.before, resumeLoopLines(point.path, point.asked));
  if (before === null) return fail({ kind: 'unreadable-arguments' });
  const { variable } = site.loop;
  const counted = variable === null ? null : countedBy(variable);
  // It was saved after a step: in a loop of steps the next one follows, in a loop of epochs this one begins again.
  const ofEpochs = holdsLoop(tree, site.loop);
  const edit = counted === null ? null : beginAt(site.loop, ofEpochs ? counted : `${counted} + 1`);
  const notes = ofEpochs ? [note('epoch-again')] : [];
  return ok(
    edit === null
      ? { edits: [before], notes: [note('set-epoch', variable ?? 'epoch'), ...notes] }
      : { edits: [before, edit], notes },
  );
};

const holdsLoop = (tree: PythonTree, { from, to }: EpochLoop): boolean => {
  let found = false;
  walk(tree.root, (node) => {
    const isLoop = node.name === 'ForStatement' || node.name === 'WhileStatement';
    if (isLoop && node.from > from && node.to <= to) found = true;
  });
  return found;
};
