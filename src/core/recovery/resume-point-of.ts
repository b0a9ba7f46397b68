import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { LoopNames } from '../reach/resume-loop-lines.ts';
import { checkpointPath } from '../run/output-folder.ts';
import type { ResumePoint } from './resume-point.ts';

/**
 * The checkpoint as the code that resumes has to know it.
 *
 * @param folder Its output folder as the kernel sees it, in the way the user wrote it.
 */
export const resumePoint = (
  { name, form, step, epoch, integrity }: Pick<Checkpoint, 'name' | 'form' | 'step' | 'epoch' | 'integrity'>,
  folder: string,
  /** Of what was made for a click in a plain loop of this notebook; `null`: nothing was. */
  askedNames: LoopNames | null = null,
): ResumePoint => ({
  path: checkpointPath(folder, name),
  form,
  step,
  epoch,
  holds: holdsOf(integrity),
  ...(askedNames !== null && OUR_FILE.test(name) ? { asked: askedNames } : {}),
});

/** As `core/reach/python/pytorch.ts` calls them. */
const OUR_FILE = /^checkpoint-step-\d+(?:-v\d+)?\.pt$/;

const holdsOf = (integrity: Checkpoint['integrity']): ResumePoint['holds'] => {
  if (integrity.kind !== 'complete' || integrity.resumes === 'unknown') return 'unknown';
  return integrity.resumes === 'exactly' ? 'everything' : 'weights-only';
};
