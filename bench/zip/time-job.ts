import type { JobState } from '../../src/protocol/home-view.ts';
import type { PopupAction } from '../../src/protocol/popup-transport.ts';
import type { NotebookView } from '../../src/protocol/popup-view.ts';

declare const chrome: {
  readonly runtime: {
    sendMessage(message: unknown): Promise<NotebookView>;
    readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  };
};

/** Seconds since the asking. */
export interface TimedJob {
  readonly jobId: string;
  readonly state: JobState;
  readonly seconds: number;
  /** The first bytes were here. */
  readonly begunAt: number;
  /** The last bytes were here: what follows is the question for the server's own hash, and the second look at the folder. */
  readonly hereAt: number;
  /** The zip began to be written. */
  readonly savingAt: number;
}

/** The title that the popup's page has when the job is over; `endOfJob` tells how it went. */
export const JOB_OVER = 'The job is over';

declare global {
  /** How the last job went; rejects when it could not be begun. */
  var timedJob: Promise<TimedJob> | undefined;
}

/** Runs in the popup's page. */
export const endOfJob = async (): Promise<TimedJob> => {
  if (globalThis.timedJob === undefined) throw new Error('no job was begun');
  return globalThis.timedJob;
};

/**
 * Runs in the popup's page, so it uses nothing from outside itself: sends the action a second later, when who asked has let go
 * of the page, and looks at the job, as the popup does, whenever the background says that something changed, until it is over.
 */
export const beginJob = ({
  tabId,
  action,
}: {
  readonly tabId: number;
  readonly action: PopupAction;
}): void => {
  document.title = 'A job is under way';
  // Without a name of its own: what the page gets of this file is this function alone, as it was compiled.
  globalThis.timedJob = (async (): Promise<TimedJob> => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const from = performance.now();
    const seen = { doneBytes: 0, begunAt: 0, hereAt: 0, savingAt: 0 };
    const changes = new EventTarget();
    chrome.runtime.onMessage.addListener(() => void changes.dispatchEvent(new Event('changed')));
    await chrome.runtime.sendMessage({ kind: 'popup-action', tabId, action });
    for (;;) {
      // Listened for before it is looked at; and looked at anyway, should a message be lost.
      const changed = new Promise((resolve) => {
        changes.addEventListener('changed', resolve, { once: true });
        setTimeout(resolve, 100);
      });
      const view = await chrome.runtime.sendMessage({ kind: 'popup-view', tabId });
      const seconds = (performance.now() - from) / 1000;
      const [job] = view.home.jobs;
      if (job !== undefined) {
        const { state } = job;
        if (state.kind === 'moving' && state.doneBytes > seen.doneBytes) {
          seen.begunAt ||= seconds;
          seen.hereAt = seconds;
          seen.doneBytes = state.doneBytes;
        }
        if (state.kind === 'saving') seen.savingAt ||= seconds;
        if (state.kind === 'done' || state.kind === 'failed')
          return { jobId: job.id, state, seconds, ...seen };
      }
      await changed;
    }
  })();
  void globalThis.timedJob.catch(() => undefined).then(() => (document.title = 'The job is over'));
};
