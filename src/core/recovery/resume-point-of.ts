import type { Checkpoint } from '../checkpoint/checkpoint.ts';
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
): ResumePoint => ({
  path: checkpointPath(folder, name),
  form,
  step,
  epoch,
  holds: holdsOf(integrity),
});

const holdsOf = (integrity: Checkpoint['integrity']): ResumePoint['holds'] => {
  if (integrity.kind !== 'complete' || integrity.resumes === 'unknown') return 'unknown';
  return integrity.resumes === 'exactly' ? 'everything' : 'weights-only';
};
