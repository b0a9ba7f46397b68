import type { JobState, JobView, NotebookCopies } from '../protocol/home-view.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import { copy } from './recorded-home.ts';
import { minutesAgo, notebook, training } from './recorded-states.ts';

const CHECKPOINT_BYTES = 152_340_112;

const back = (state: JobState): JobView => ({
  id: 'job-back',
  names: ['checkpoint-400'],
  extent: 'everything',
  to: 'server',
  copyIds: ['copy-400'],
  state,
});

const withBack = (state: JobState): NotebookView =>
  training({}, { home: { jobs: [back(state)], copies: [], others: [], space: null } });

export const ANOTHER_ADDRESS: readonly NotebookCopies[] = [
  {
    notebookId: 'elsewhere',
    notebookName: 'gemma_lora.ipynb',
    copies: [
      { ...copy(400, 0.5184), id: 'other-400', folder: 'outputs/checkpoint-400' },
      {
        ...copy(300, 0.5471, { state: 'unfinished', sizeBytes: 61_000_000, canGoOn: true }),
        id: 'other-300',
        folder: 'outputs/checkpoint-300',
      },
    ],
  },
  {
    notebookId: 'another',
    notebookName: 'whisper-small-german.ipynb',
    copies: [
      {
        ...copy(9000, 1.204, { state: 'size-checked', keptAt: minutesAgo(40 * 60) }),
        id: 'other-9000',
        folder: 'outputs/checkpoint-9000',
      },
    ],
  },
];

/** Copies of other notebooks, those on their way back to a server, and what became of them. */
export const returnStates: Readonly<Record<string, NotebookView>> = {
  'back-in-the-way': withBack({ kind: 'failed', why: { kind: 'in-the-way', name: 'checkpoint-400' } }),
  'back-no-room': withBack({ kind: 'failed', why: { kind: 'no-room-there', missingBytes: 1_700_000_000 } }),
  'home-other-copies': notebook(
    { kind: 'idle', plan: null },
    { home: { jobs: [], copies: [copy(100, 0.8123)], others: ANOTHER_ADDRESS, space: null } },
  ),
  'back-moved-aside': withBack({
    kind: 'done',
    checked: 'verified',
    sizeBytes: CHECKPOINT_BYTES,
    fileName: null,
    canShow: false,
    asideAs: 'outputs/before-restore-1.checkpoint-400',
  }),
};
