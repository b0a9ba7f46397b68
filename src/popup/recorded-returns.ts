import type { JobState, JobView } from '../protocol/home-view.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import { training } from './recorded-states.ts';

const CHECKPOINT_BYTES = 152_340_112;

const back = (state: JobState): JobView => ({
  id: 'job-back',
  names: ['checkpoint-400'],
  extent: 'everything',
  to: 'server',
  state,
});

const withBack = (state: JobState): NotebookView =>
  training({}, { home: { jobs: [back(state)], copies: [], space: null } });

/** Copies on their way back to a server, and what became of them. */
export const returnStates: Readonly<Record<string, NotebookView>> = {
  'back-in-the-way': withBack({ kind: 'failed', why: { kind: 'in-the-way', name: 'checkpoint-400' } }),
  'back-no-room': withBack({ kind: 'failed', why: { kind: 'no-room-there', missingBytes: 1_700_000_000 } }),
  'back-moved-aside': withBack({
    kind: 'done',
    checked: 'verified',
    sizeBytes: CHECKPOINT_BYTES,
    fileName: null,
    canShow: false,
    asideAs: 'outputs/before-restore-1.checkpoint-400',
  }),
};
