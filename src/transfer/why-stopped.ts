import type { CopyTask } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { TaskStopped } from './report.ts';

export const changed = ({ name }: Pick<CopyTask, 'name'>): TaskStopped =>
  new TaskStopped({ kind: 'changed', name });

/** What a failure that lasts means for the copy of a checkpoint. */
export const stoppedBy = (failure: ServerTrouble, { name }: Pick<CopyTask, 'name'>): TaskStopped => {
  if (failure.kind === 'aborted') return new TaskStopped(null);
  if (failure.kind === 'not-found') return new TaskStopped({ kind: 'gone', name });
  if (failure.kind === 'conflict') return new TaskStopped({ kind: 'changed', name });
  if (failure.kind === 'tree-too-large' && failure.bound === 'entries')
    return new TaskStopped({ kind: 'too-many-files', most: failure.most });
  return new TaskStopped({ kind: 'server', trouble: failure });
};
