import type { JobView } from '../../src/protocol/home-view.ts';
import type { PopupAction, PopupActionReply } from '../../src/protocol/popup-transport.ts';
import type { NotebookView } from '../../src/protocol/popup-view.ts';
import { until } from '../until.ts';

/** The popup's line to the background, for what a test has to know to the byte. What a person does is clicked elsewhere. */
export interface HomePopup {
  view(): Promise<NotebookView>;
  act(action: PopupAction): Promise<PopupActionReply>;
  /** Asks for a zip of a folder of the server. */
  zipFolder(path: string): Promise<void>;
  /** The newest job, once it is as asked. */
  job(what: string, is: (job: JobView) => boolean, timeoutMs?: number): Promise<JobView>;
  /** The newest job, once that many bytes are here. */
  moved(bytes: number): Promise<JobView>;
  /** The newest job, once it is over. */
  ended(timeoutMs?: number): Promise<JobView>;
}

/** @param send Sends a message to the background, as the popup of that tab does. */
export const homePopup = (tabId: number, send: (message: unknown) => Promise<never>): HomePopup => {
  const view = (): Promise<NotebookView> => send({ kind: 'popup-view', tabId });
  const act = (action: PopupAction): Promise<PopupActionReply> =>
    send({ kind: 'popup-action', tabId, action });
  const job: HomePopup['job'] = async (what, is, timeoutMs = 60_000) => {
    let last: JobView | undefined;
    const look = async (): Promise<JobView | false> => {
      last = (await view()).home.jobs[0];
      if (last?.state.kind === 'failed' && !is(last)) throw new Error(JSON.stringify(last));
      return last !== undefined && is(last) ? last : false;
    };
    return until(`a job with ${what}`, look, { timeoutMs, intervalMs: 100 }).catch((error: unknown) => {
      throw new Error(`${String(error)}; the last seen is ${JSON.stringify(last)}`, { cause: error });
    });
  };
  return {
    view,
    act,
    job,
    zipFolder: async (path) => {
      const { notebookId } = await view();
      const reply = await act({ kind: 'zip-folder', notebookId, path });
      if (reply.kind !== 'done') throw new Error(`refused: ${reply.reason}`);
    },
    moved: (bytes) => job(`${bytes} bytes`, ({ state }) => 'doneBytes' in state && state.doneBytes >= bytes),
    ended: (timeoutMs) =>
      job('an end', ({ state }) => state.kind === 'done' || state.kind === 'failed', timeoutMs),
  };
};
