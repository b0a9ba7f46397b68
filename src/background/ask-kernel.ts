import { exchangeInTab } from '../browser/tab-exchange.ts';
import type { DoorTrouble } from '../core/reach/asked-save.ts';
import type { ReachState } from '../core/reach/reach-answer.ts';
import type { ReachWish } from '../core/reach/reach-wish.ts';
import { fail, type Result } from '../core/result.ts';
import { isShownKernel } from '../protocol/shown-kernel.ts';
import { askByFile, type WishId } from '../runtime/ask-by-file.ts';
import type { DoorFailure } from '../runtime/door-failure.ts';
import type { DoorOptions } from '../runtime/kernel-door.ts';
import { reachRun } from '../runtime/reach-run.ts';
import { askFolder, hasRun } from './asking-cell.ts';
import { isColab } from './colab-site.ts';
import type { Notebook } from './notebook.ts';
import type { ServerDesk } from './server-desk.ts';

export interface NotAsked {
  readonly code: DoorTrouble | 'raised';
  readonly message: string;
}

export interface Asked {
  /** What the question has shown of the control channel. */
  readonly door: Notebook['door'];
  readonly said: Result<ReachState, NotAsked>;
}

/**
 * Asks by the control channel; where that is shut, by a file, if the cell that looks for one has run. Nothing was said in a socket
 * that did not open, so no wish goes twice.
 *
 * @param id Of the wish, for the file.
 */
export const askKernel = async (
  servers: ServerDesk,
  record: Notebook,
  kernelId: string,
  wish: ReachWish,
  id: WishId,
): Promise<Asked> => {
  const isWatched = hasRun(record);
  if (isWatched && record.door === 'refused')
    return { door: 'refused', said: await askFile(servers, record, wish, id) };
  const asked = await askDoor(servers, record, kernelId, wish);
  return isWatched && asked.door === 'refused'
    ? { door: 'refused', said: await askFile(servers, record, wish, id) }
    : asked;
};

const notAsked = (code: NotAsked['code'], message = ''): NotAsked => ({ code, message });

const askDoor = async (
  servers: ServerDesk,
  record: Notebook,
  kernelId: string,
  wish: ReachWish,
): Promise<Asked> => {
  if (isShownKernel(kernelId)) return { door: 'refused', said: fail(notAsked('kernel-unnamed')) };
  const options = doorOf(record);
  const ask = async (anew: boolean): Promise<Result<ReachState, DoorFailure>> => {
    const server = await servers.reach(record, anew);
    return server === null ? NO_WAY : reachRun(server.address, kernelId, wish, server.access, options);
  };
  const first = await ask(false);
  // What proves that we may expires; nothing has reached the kernel then.
  const answer = !first.ok && isRefusal(first.failure) ? await ask(true) : first;
  if (answer.ok) return { door: 'open', said: answer };
  const { failure } = answer;
  return {
    door: failure.kind === 'no-socket' ? 'refused' : record.door,
    said: fail(troubleOf(failure)),
  };
};

const askFile = async (
  servers: ServerDesk,
  record: Notebook,
  wish: ReachWish,
  id: WishId,
): Promise<Result<ReachState, NotAsked>> => {
  const folder = askFolder(record);
  const ask = async (anew: boolean): Promise<Result<ReachState, DoorFailure>> => {
    const server = await servers.reach(record, anew);
    return server === null || folder === null
      ? NO_WAY
      : askByFile({ server: server.address, folder: folder.onServer, access: server.access }, id, wish);
  };
  const first = await ask(false);
  const answer = !first.ok && isRefusal(first.failure) ? await ask(true) : first;
  return answer.ok ? answer : fail(troubleOf(answer.failure));
};

/** The page gives no way to its server. */
const NO_WAY = fail<DoorFailure>({ kind: 'server', failure: { kind: 'forbidden' } });

/** By the notebook's own page, whose login counts for sockets; the servers of Colab are another site than its page. */
const doorOf = ({ origin, present, tabId }: Notebook): DoorOptions =>
  present && tabId !== null && !isColab(origin) ? { exchange: exchangeInTab(tabId) } : {};

const isRefusal = (failure: DoorFailure): boolean =>
  failure.kind === 'no-socket' ||
  (failure.kind === 'server' && ['signed-out', 'forbidden', 'cross-site'].includes(failure.failure.kind));

const troubleOf = (failure: DoorFailure): NotAsked => {
  switch (failure.kind) {
    case 'raised':
      return notAsked('raised', `${failure.name}: ${failure.message}`);
    case 'server':
      return notAsked(isRefusal(failure) ? 'not-allowed' : 'no-answer');
    case 'closed':
    case 'timeout':
      return notAsked('timeout');
    case 'too-large':
    case 'not-understood':
      return notAsked('not-understood');
    case 'no-door':
    case 'kernel-gone':
    case 'no-socket':
      return notAsked(failure.kind);
    default:
      return failure satisfies never;
  }
};
