import { changesBetween, withChanges } from '../core/reach/asked-changes.ts';
import {
  answered,
  isAwaited,
  NOTHING_ASKED,
  notHeard,
  ofRun,
  reachWish,
  tookAnswer,
  wished,
  type AskedSaves,
  type SaveWish,
} from '../core/reach/asked-save.ts';
import type { ReachWish } from '../core/reach/reach-wish.ts';
import { locateFolder, parentOf } from '../core/run/output-folder.ts';
import { positionOf } from '../core/run/progress.ts';
import type { Run } from '../core/run/run.ts';
import type { WishId } from '../runtime/ask-by-file.ts';
import type { PopupAction, PopupActionReply } from '../protocol/popup-transport.ts';
import { DONE, refused } from './action-reply.ts';
import { askKernel } from './ask-kernel.ts';
import { placeOf } from './colab-site.ts';
import type { FolderWatch } from './folder-watch.ts';
import { createInTurn } from './in-turn.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';

export type SaveAction = Extract<
  PopupAction,
  { kind: 'save-now' | 'save-every' | 'answer-save' | 'undo-save' }
>;

export interface SaveDesk {
  /** A click in the popup; answered when the kernel has understood, which takes it about 50 ms. */
  act(action: SaveAction): Promise<PopupActionReply>;
  /** While a save is awaited: asks how it stands. */
  clock(id: string): Promise<void>;
}

/** A step can take a minute; the kernel is asked in longer and longer pauses, and then at each tick of its page. */
const PAUSES_MS = [300, 500, 1000, 2000, 3000, 3000, 5000, 5000, 5000];

/** Asks a run that is going on for a checkpoint, on a click and never else. */
export const createSaveDesk = (
  store: NotebookStore,
  servers: ServerDesk,
  looks: FolderWatch,
  now: () => number,
): SaveDesk => {
  const inTurn = createInTurn();
  const watched = new Set<string>();

  /** What it changes in the run is written down with it, for the history. */
  const change = (id: string, runId: string, update: (saves: AskedSaves) => AskedSaves): void =>
    void store.change(id, (notebook) => {
      const { run } = notebook;
      if (run?.id !== runId) return notebook;
      const before = ofRun(notebook.saves ?? NOTHING_ASKED, runId);
      const saves = update(before);
      const step = positionOf(run)?.step ?? null;
      const more = changesBetween(before, saves, step, now());
      return { ...notebook, saves, askedChanges: withChanges(notebook.askedChanges, runId, more) };
    });

  /** Puts a question to the kernel, and what it says into the record. Whether it was heard. */
  const tell = async (id: string, run: Run, wish: ReachWish): Promise<boolean> => {
    const record = store.get(id);
    if (record === null) return false;
    const isTakenBack = wish.do === 'undo' || wish.do === 'cancel';
    const wishOf = wishId(isTakenBack ? null : record.saves, run, now());
    const { door, said } = await askKernel(servers, record, run.kernelId, wish, wishOf);
    if (door !== record.door) store.change(id, (notebook) => ({ ...notebook, door }));
    const step = positionOf(run)?.step ?? null;
    change(id, run.id, (saves) => {
      if (said.ok) return tookAnswer(saves, said.value, step, now());
      const { code, message } = said.failure;
      // A question that got lost proves nothing of a save that is under way.
      return wish.do === 'state' && code !== 'kernel-gone' ? saves : notHeard(saves, code, message, now());
    });
    await seeIt(id, run);
    return said.ok;
  };

  /** What was saved is looked at; where nobody knew of a folder, it is the one. */
  const seeIt = async (id: string, run: Run): Promise<void> => {
    const record = store.get(id);
    const phase = record?.saves?.phase;
    if (record === null || record.run?.id !== run.id || phase?.kind !== 'saved') return;
    const folder = parentOf(phase.path);
    if (record.run.folder.kind !== 'known' && folder !== null) {
      const { notebookPath, serverRoot } = placeOf(record);
      const place = locateFolder(folder, 'user', notebookPath, serverRoot);
      store.change(id, (notebook) =>
        notebook.run?.id === run.id
          ? {
              ...notebook,
              lookMemory: null,
              run: { ...notebook.run, folder: place, baseline: null, lookedAt: null },
            }
          : notebook,
      );
    }
    await looks.lookAnyway(id);
  };

  const awaitEnd = async (id: string): Promise<void> => {
    if (watched.has(id)) return;
    watched.add(id);
    try {
      for (const pause of PAUSES_MS) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (!(await askAgain(id))) return;
      }
    } finally {
      watched.delete(id);
    }
  };

  /** True while the end is not known. */
  const askAgain = async (id: string): Promise<boolean> => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (run === null || !isOfRun(record?.saves, run) || !isAwaited(record.saves)) return false;
    await inTurn(id, () => tell(id, run, { do: 'state' }));
    const saves = store.get(id)?.saves;
    return isOfRun(saves, run) && isAwaited(saves);
  };

  const carryOut = async (id: string, run: Run): Promise<void> => {
    const phase = store.get(id)?.saves?.phase;
    if (phase?.kind !== 'asking') return;
    await tell(id, run, reachWish(phase.wish, folderFor(run)));
    void awaitEnd(id).catch(() => undefined);
  };

  const wish = (id: string, run: Run, wanted: SaveWish): Promise<void> => {
    change(id, run.id, (saves) => (isAwaited(saves) ? saves : wished(saves, wanted, now())));
    return carryOut(id, run);
  };

  /** What became of a wish stands in the record; that nothing was taken back is said to who clicked. */
  const carried = async (id: string, run: Run, action: SaveAction): Promise<PopupActionReply> => {
    switch (action.kind) {
      case 'save-now':
        await wish(id, run, { kind: 'once', stop: action.stop });
        return DONE;
      case 'save-every':
        await wish(id, run, { kind: 'every', steps: action.steps });
        return DONE;
      case 'answer-save':
        change(id, run.id, (saves) => answered(saves, action.yes, now()));
        await carryOut(id, run);
        return DONE;
      case 'undo-save': {
        const isHeard = await tell(id, run, { do: action.what === 'every' ? 'undo' : 'cancel' });
        return isHeard ? DONE : refused('no-answer');
      }
      default:
        return action satisfies never;
    }
  };

  return {
    async act(action) {
      const run = store.get(action.notebookId)?.run ?? null;
      const id = action.notebookId;
      if (run === null || run.phase.kind !== 'training') return refused('not-training');
      return inTurn(id, () => carried(id, run, action));
    },
    async clock(id) {
      if (!watched.has(id)) await askAgain(id);
    },
  };
};

const isOfRun = (saves: AskedSaves | null | undefined, run: Run): saves is AskedSaves =>
  saves?.runId === run.id;

/** The same for all questions about one wish, also when the background was ended in between. */
const wishId = (saves: AskedSaves | null, run: Run, at: number): WishId => {
  const phase = isOfRun(saves, run) ? saves.phase : null;
  const isOne = phase?.kind === 'asking' || phase?.kind === 'pending';
  return { run: run.id, wish: isOne ? phase.since : at };
};

/** Where a loop's own checkpoints lie ours may lie, too; libraries that save by themselves know their place better. */
const folderFor = ({ folder, framework }: Run): string | null =>
  folder.kind === 'known' && (framework === 'pytorch' || framework === 'accelerate')
    ? folder.asWritten
    : null;
