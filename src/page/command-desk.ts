import type { NotebookPlatform } from '../platforms/platform.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';
import { MAX_SOURCE_LENGTH } from '../protocol/page-event.ts';

/** Carries out what the extension asks of the page. Without a platform nothing can be done here, and it says so. */
export const executeCommand = async (
  platform: NotebookPlatform | null,
  command: PageCommand,
): Promise<PageCommandReply> => {
  if (platform === null) return { kind: 'failed', reason: 'no-platform' };
  switch (command.kind) {
    case 'read-cells': {
      const cells = platform.readCells(command.path);
      return {
        kind: 'cells',
        cells: cells?.map(({ id, source }) => ({ id, source: source.slice(0, MAX_SOURCE_LENGTH) })) ?? null,
      };
    }
    case 'insert-above':
      return platform.insertAbove(command.path, command.cellId, command.source);
    case 'insert-below':
      return platform.insertBelow(command.path, command.cellId, command.source);
    case 'replace-source':
      return platform.replaceSource(command.path, command.cellId, command.expected, command.source);
    case 'remove-cell': {
      const outcome = await platform.remove(command.path, command.cellId, command.expected);
      return outcome.kind === 'done' ? { kind: 'done', cellId: command.cellId } : outcome;
    }
    case 'run-cell':
      return platform.run(command.path, command.cellId);
    case 'file-access':
      return fileAccess(platform);
    case 'machine':
      return { kind: 'machine', machineId: platform.machine?.().id ?? null };
    case 'cell-of-frame':
      return { kind: 'cell', cellId: platform.cellOfFrame?.(command.path, command.host) ?? null };
    case 'routes':
      return { kind: 'routes', routes: platform.routes?.() ?? [] };
    default:
      return command satisfies never;
  }
};

/** Asked for each time anew: the token in it expires, and nothing here keeps it. */
const fileAccess = async (platform: NotebookPlatform): Promise<PageCommandReply> => {
  const access = await platform.fileAccess?.();
  if (access === undefined) return { kind: 'failed', reason: 'no-platform' };
  return { kind: 'file-access', machineId: platform.machine?.().id ?? null, ...access };
};
