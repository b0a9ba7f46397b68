import { takeLook } from '../core/run/look.ts';
import type { Run } from '../core/run/run.ts';
import { lookAtFolder, type FolderLook } from '../runtime/checkpoint-look.ts';
import type { HearLosses } from './folder-watch.ts';
import type { Notebook } from './notebook.ts';
import type { ServerDesk } from './server-desk.ts';

/** Two looks closer together prove nothing about a file that is being written. */
const PAUSE_MS = 1500;
const MOST_LOOKS = 3;

/** One look at the folder of a run that is not its notebook's any more; `null`: nobody answers. */
export type FormerLook = (notebook: Notebook, run: Run) => Promise<FolderLook | null>;

export const formerLook =
  (servers: Pick<ServerDesk, 'ask'>, hearLosses: HearLosses): FormerLook =>
  async (notebook, { id, folder, framework }) => {
    if (folder.kind !== 'known') return null;
    const looked = await servers.ask(notebook, ({ address, access }) =>
      lookAtFolder(address, folder.onServer, notebook.lookMemory, {
        ...access,
        relist: 'all',
        framework,
        onLossHistory: (checkpoint, history) => hearLosses(id, checkpoint, history),
      }),
    );
    return looked.ok ? looked.value : null;
  };

/**
 * Looks after a run whose place in its notebook was taken by another one ("Run all" over a sweep): what it saved last may not
 * have been judged yet. Tells what it found after each look; `wait` passes the time between two.
 */
export const settleFormerRun = async (
  former: Notebook,
  look: FormerLook,
  found: (notebook: Notebook) => void,
  now: () => number,
  wait: (ms: number) => Promise<void>,
): Promise<void> => {
  let notebook = former;
  for (let looks = 0; looks < MOST_LOOKS && isUnsettled(notebook.run); looks += 1) {
    const { run } = notebook;
    const looked = run === null ? null : await look(notebook, run);
    if (run === null || looked === null) return;
    const { memory, checkpoints } = looked;
    notebook = { ...notebook, lookMemory: memory, run: takeLook(run, checkpoints, now()) };
    found(notebook);
    await wait(PAUSE_MS);
  }
};

/** Whether something of it is not judged, or may have come after the last look. */
export const isUnsettled = (run: Run | null): boolean =>
  run !== null &&
  run.phase.kind !== 'training' &&
  (run.lookedAt === null ||
    run.lookedAt <= run.phase.at ||
    run.checkpoints.some(
      ({ gone, integrity }) => !gone && (integrity.kind === 'writing' || integrity.kind === 'unchecked'),
    ));
