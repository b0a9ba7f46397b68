import type { CopyView, HomeView, JobState, JobView } from '../protocol/home-view.ts';
import type { PopupAction } from '../protocol/popup-transport.ts';
import type { NotebookView } from '../protocol/popup-view.ts';

const TOTAL_BYTES = 152_340_112;
const STARTED: JobState = {
  kind: 'moving',
  doneBytes: 0,
  totalBytes: TOTAL_BYTES,
  bytesPerSecond: null,
  secondsLeft: null,
};

const withJob = (
  home: HomeView,
  about: Pick<JobView, 'names' | 'extent' | 'to'> & Partial<JobView>,
): HomeView => ({
  ...home,
  jobs: [{ id: `job-${home.jobs.length + 1}`, copyIds: [], state: STARTED, ...about }, ...home.jobs],
});

const changeJob = (home: HomeView, jobId: string, change: (state: JobState) => JobState): HomeView => ({
  ...home,
  jobs: home.jobs.map((job) => (job.id === jobId ? { ...job, state: change(job.state) } : job)),
});

const paused = (state: JobState): JobState =>
  'doneBytes' in state
    ? {
        kind: 'paused',
        doneBytes: state.doneBytes,
        totalBytes: state.totalBytes,
        bytesPerSecond: null,
        secondsLeft: null,
      }
    : state;
const moving = (state: JobState): JobState =>
  'doneBytes' in state ? { ...STARTED, doneBytes: state.doneBytes, totalBytes: state.totalBytes } : STARTED;

const COPY_GOES = { 'zip-copy': 'zip', 'finish-copy': 'browser', 'restore-copy': 'server' } as const;

const copyOf = ({ copies, others }: HomeView, copyId: string): CopyView | undefined =>
  [...copies, ...others.flatMap((group) => group.copies)].find(({ id }) => id === copyId);

type HomeAction =
  | Extract<PopupAction, { copyId: string } | { jobId: string }>
  | Extract<PopupAction, { kind: 'bring-home' | 'zip-folder' }>;

const homeAfter = (home: HomeView, action: HomeAction): HomeView => {
  switch (action.kind) {
    case 'bring-home':
      return withJob(home, { names: action.names, extent: action.extent, to: action.to });
    case 'zip-folder':
      return withJob(home, { names: [action.path], extent: 'everything', to: 'zip' });
    case 'zip-copy':
    case 'finish-copy':
    case 'restore-copy':
      return withJob(home, {
        names: [copyOf(home, action.copyId)?.name ?? action.copyId],
        extent: 'everything',
        to: COPY_GOES[action.kind],
        copyIds: action.kind === 'finish-copy' ? [] : [action.copyId],
      });
    case 'remove-copy':
      return {
        ...home,
        copies: home.copies.filter(({ id }) => id !== action.copyId),
        others: home.others.map((group) => ({
          ...group,
          copies: group.copies.filter(({ id }) => id !== action.copyId),
        })),
      };
    case 'pause-job':
      return changeJob(home, action.jobId, paused);
    case 'resume-job':
    case 'move-aside-job':
      return changeJob(home, action.jobId, moving);
    case 'cancel-job':
    case 'dismiss-job':
      return { ...home, jobs: home.jobs.filter(({ id }) => id !== action.jobId) };
    case 'show-job':
      return home;
    default:
      return action satisfies never;
  }
};

/** What the background would show next of jobs and copies. */
export const afterHomeAction = (view: NotebookView, action: HomeAction): NotebookView => ({
  ...view,
  home: homeAfter(view.home, action),
});
