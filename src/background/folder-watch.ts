import type { LossHistory } from '../core/checkpoint/loss-history.ts';
import { seeServerStopped } from '../core/run/disk-sight.ts';
import { mayGrow } from '../core/run/growth.ts';
import { takeEmptyLook, takeLook } from '../core/run/look.ts';
import type { OutputFolder, Run } from '../core/run/run.ts';
import { lookAtFolder } from '../runtime/checkpoint-look.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import { isColab } from './colab-site.ts';
import { searchIfDue } from './growth-watch.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { NoServer, ServerDesk } from './server-desk.ts';

/** How often the output folder is looked at while a run trains. */
const LOOK_INTERVAL_MS = 3000;
/** The same after a loss. */
const GROWTH_INTERVAL_MS = 15_000;
/** The same on Colab, whose servers serve many: not more often, whatever the log says. */
const COLAB_LOOK_INTERVAL_MS = 10_000;
/** Two looks closer together than this prove nothing about a file that is being written. */
const SETTLE_MS = 1000;
/** At most this many looks so close together: after a loss, and after a new checkpoint was seen. */
const MAX_SETTLING_LOOKS = 6;

export interface FolderWatch {
  /** Looks if the last look is long enough ago. */
  lookIfDue(id: string): Promise<void>;
  /** Looks now, if the site allows a look so soon. */
  look(id: string): Promise<void>;
  /** Looks once more in any case, because something hangs on it: has the run reached its end? */
  lookAnyway(id: string): Promise<void>;
  /** Looks until the newest checkpoints are judged, for a run that is over; `pauseMs` between two looks. */
  settle(id: string, pauseMs?: number): Promise<void>;
}

/** Told of the losses in a checkpoint that was read for a run, before the look itself is taken in. */
export type HearLosses = (runId: string, checkpoint: string, history: LossHistory) => void;

/** Looks at the output folders of runs through the server, one look at a time for each notebook. */
export const createFolderWatch = (
  store: NotebookStore,
  servers: ServerDesk,
  now: () => number,
  hearLosses: HearLosses = () => undefined,
): FolderWatch => {
  const looking = new Map<string, Promise<void>>();
  const soonLeft = new Map<string, number>();

  const look = (id: string): Promise<void> =>
    isTooSoon(store.get(id), now()) ? (looking.get(id) ?? Promise.resolve()) : lookAnyway(id);

  const lookAnyway = (id: string): Promise<void> => {
    const going = looking.get(id);
    if (going !== undefined) return going;
    const before = newestName(store.get(id)?.run);
    const started = lookOrSearch(store, servers, id, now, hearLosses).finally(() => {
      looking.delete(id);
      lookAgainSoon(id, before);
    });
    looking.set(id, started);
    return started;
  };

  /** A checkpoint that is new is looked at a second time soon: it is called safe a second after it was written, not three. */
  const lookAgainSoon = (id: string, newestBefore: string | undefined): void => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null || isColab(record.origin)) return;
    if (run.phase.kind !== 'training' || !isSettling(run)) return void soonLeft.delete(id);
    const isNew = newestName(run) !== newestBefore;
    const left = isNew ? MAX_SETTLING_LOOKS : (soonLeft.get(id) ?? 0);
    if (left === 0) return;
    soonLeft.set(id, left - 1);
    setTimeout(() => void look(id), SETTLE_MS);
  };

  return {
    look,
    lookAnyway,
    async lookIfDue(id) {
      const record = store.get(id);
      const intervalMs = record === null ? null : lookIntervalMs(record, now());
      const lookedAt = record?.run?.lookedAt ?? null;
      if (intervalMs === null) return;
      if (lookedAt === null || now() - lookedAt >= intervalMs - 100) await look(id);
    },
    async settle(id, pauseMs = SETTLE_MS) {
      for (let looks = 0; looks < MAX_SETTLING_LOOKS; looks += 1) {
        await look(id);
        const run = store.get(id)?.run;
        if (run === undefined || run === null || !isSettling(run)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    },
  };
};

/**
 * How often the folder of a notebook's run is looked at: while it trains, and afterwards until its checkpoints are judged, for
 * the server may have been away when it ended; after a loss more seldom, to see whether something still writes. `null`: it is not.
 */
export const lookIntervalMs = ({ run, origin }: Notebook, at: number): number | null => {
  if (run === null) return null;
  if (run.phase.kind === 'training' || isSettling(run)) return LOOK_INTERVAL_MS;
  return mayGrow(run, at) && !isColab(origin) ? GROWTH_INTERVAL_MS : null;
};

/** While it trains; what is asked after a loss is asked once. */
const isTooSoon = (record: Notebook | null, at: number): boolean =>
  record?.run?.phase.kind === 'training' &&
  isColab(record.origin) &&
  record.run.lookedAt !== null &&
  at - record.run.lookedAt < COLAB_LOOK_INTERVAL_MS;

const newestName = (run: Run | null | undefined): string | undefined =>
  run?.checkpoints.findLast(({ gone }) => !gone)?.name;

const isSettling = ({ checkpoints }: Run): boolean =>
  checkpoints.some(
    ({ gone, integrity }) => !gone && (integrity.kind === 'writing' || integrity.kind === 'unchecked'),
  );

/** A folder that is found by what grows in it is looked at at once. */
const lookOrSearch = async (
  store: NotebookStore,
  servers: ServerDesk,
  id: string,
  now: () => number,
  hearLosses: HearLosses,
): Promise<void> => {
  await searchIfDue(store, servers, id, now);
  await lookOnce(store, servers, id, now, hearLosses);
};

const lookOnce = async (
  store: NotebookStore,
  servers: ServerDesk,
  id: string,
  now: () => number,
  hearLosses: HearLosses,
): Promise<void> => {
  const record = store.get(id);
  const folder = record?.run?.folder;
  if (record === null || record.run === null || folder?.kind !== 'known') return;
  const { id: runId, framework } = record.run;
  // A run that is over will be resumed from what is found: then nothing is taken from memory.
  const relist = record.run.phase.kind === 'training' ? 'changed' : 'all';
  const looked = await servers.ask(record, ({ address, access }) =>
    lookAtFolder(address, folder.onServer, record.lookMemory, {
      ...access,
      relist,
      framework,
      onLossHistory: (checkpoint, history) => hearLosses(runId, checkpoint, history),
    }),
  );
  const at = now();
  store.change(id, (notebook) => {
    // The user may have named another folder meanwhile.
    if (notebook.run?.id !== runId || !isSameFolder(notebook.run.folder, folder)) return notebook;
    if (looked.ok)
      return {
        ...notebook,
        files: 'working',
        lookMemory: looked.value.memory,
        run: takeLook(notebook.run, looked.value.checkpoints, at),
      };
    if (looked.failure.kind === 'not-found')
      return { ...notebook, files: 'working', run: takeEmptyLook(notebook.run, at) };
    const phase =
      looked.failure.kind === 'server-stopped' ? seeServerStopped(notebook.run, at) : notebook.run.phase;
    return {
      ...notebook,
      files: filesTrouble(looked.failure),
      run: { ...notebook.run, phase, lookedAt: at },
    };
  });
};

const isSameFolder = (one: OutputFolder, other: OutputFolder): boolean =>
  one.kind === 'known' && other.kind === 'known' && one.onServer === other.onServer;

const filesTrouble = (failure: RuntimeFailure | NoServer): Notebook['files'] => {
  switch (failure.kind) {
    case 'no-server':
      return 'unsupported-site';
    case 'signed-out':
    case 'forbidden':
    case 'server-error':
    case 'server-stopped':
    case 'too-many-requests':
    case 'unreachable':
    case 'not-understood':
      return failure.kind;
    case 'stalled':
    case 'aborted':
      return 'unreachable';
    case 'cross-site':
      return 'forbidden';
    case 'conflict':
    case 'disk-full':
    case 'too-large':
    case 'not-found':
      return 'not-understood';
    default:
      return failure satisfies never;
  }
};
