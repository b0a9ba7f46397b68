import { describe, expect, it } from 'vitest';
import type { JobState, JobView } from '../../protocol/home-view.ts';
import { homeStates } from '../recorded-home.ts';
import { returnStates } from '../recorded-returns.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { jobLines, type JobLine } from './job-lines.ts';

const linesOf = (name: string, now = RECORDED_AT): readonly JobLine[] => {
  const view = homeStates[name];
  if (view === undefined) throw new Error(`${name} is not recorded`);
  return jobLines(t, view.notebookId, view.home, now);
};
const lineOf = (name: string, now = RECORDED_AT): JobLine => {
  const [line] = linesOf(name, now);
  if (line === undefined) throw new Error(`${name} has no job`);
  return line;
};
const returnLines = (name: string): readonly JobLine[] => {
  const view = returnStates[name];
  return view === undefined ? [] : jobLines(t, view.notebookId, view.home, RECORDED_AT);
};
const lineOfState = (state: JobState, more: Partial<JobView> = {}): JobLine | undefined =>
  jobLines(
    t,
    'n',
    {
      jobs: [
        { id: 'j', names: ['checkpoint-400'], extent: 'everything', to: 'zip', copyIds: [], state, ...more },
      ],
      copies: [],
      others: [],
      space: null,
    },
    RECORDED_AT,
  )[0];

const labels = ({ buttons }: JobLine): readonly string[] => buttons.map(({ label }) => label);

describe('job lines', () => {
  it('says how much, how fast and how long while bytes come', () => {
    const line = lineOf('home-moving');
    expect(line).toMatchObject({
      look: 'under-way',
      heading: 'Downloading checkpoint-400',
      status: '61 MB of 152 MB · 24 MB/s',
      lines: ['4 s left', 'It goes on when this window closes.'],
    });
    expect(line.share).toBeCloseTo(0.402, 3);
    expect(labels(line)).toEqual(['Pause', 'Cancel']);
    expect(line.buttons[0]).toEqual({
      label: 'Pause',
      spokenLabel: 'Pause: checkpoint-400',
      action: { kind: 'pause-job', jobId: 'job-400' },
    });
  });

  it('promises nothing before enough was seen, and says what is left out', () => {
    const [waiting, starting] = linesOf('home-two-jobs');
    expect(waiting).toMatchObject({
      heading: 'Copying checkpoint-300 into this browser',
      status: 'Waits for the one before it',
      share: 0,
    });
    expect(starting).toMatchObject({
      heading: 'Downloading checkpoint-400, 300 and 2 more, without the optimizer',
      status: '0 MB of 13 GB · Starting',
      lines: ['It goes on when this window closes.'],
    });
  });

  it('counts down to the next try and says why there is one', () => {
    expect(lineOf('home-trying-again')).toMatchObject({
      look: 'resting',
      status: '61 MB of 152 MB',
      lines: ['Tries again in 12 s. The server cannot be reached, or the line to it broke.'],
    });
    expect(lineOf('home-trying-again', RECORDED_AT + 8000).lines[0]).toMatch(/^Tries again in 4 s\. /);
    expect(lineOf('home-trying-again', RECORDED_AT + 60_000).lines[0]).toMatch(/^Trying again now\. /);
  });

  it('keeps its place when paused, and goes on from there', () => {
    const line = lineOf('home-paused');
    expect(line).toMatchObject({ status: '61 MB of 152 MB', lines: ['Paused', 'What is here stays.'] });
    expect(line.share).toBe(lineOf('home-moving').share);
    expect(line.buttons.map(({ action }) => action.kind)).toEqual(['resume-job', 'cancel-job']);
  });

  it('says verified only where hashes were compared', () => {
    expect(lineOf('home-done-verified').heading).toBe('Saved: checkpoint-400.zip, 152 MB, verified');
    const [zip, copy] = linesOf('home-done-size-checked');
    expect(zip?.heading).toMatch(/, 305 MB, size checked$/);
    expect(zip?.status).toBe('Sizes agree; this server tells no hashes.');
    expect(copy?.heading).toBe('Kept in this browser: checkpoint-400, 152 MB, verified');
    expect(
      lineOfState(
        { kind: 'done', checked: 'verified', sizeBytes: 2e6, fileName: null, canShow: false },
        { to: 'server' },
      )?.heading,
    ).toBe('Back on the server: checkpoint-400, 2.0 MB, verified');
  });

  it('offers the folder only where it can be shown', () => {
    const done = { kind: 'done', checked: 'verified', sizeBytes: 1, fileName: 'a.zip' } as const;
    const offered = (canShow: boolean) =>
      lineOfState({ ...done, canShow })?.buttons.map(({ label }) => label);
    expect(offered(true)).toEqual(['Show in folder', 'Dismiss']);
    expect(offered(false)).toEqual(['Dismiss']);
  });

  it('has no share of nothing, and none above one', () => {
    const moving = { kind: 'moving', bytesPerSecond: null, secondsLeft: null } as const;
    expect(lineOfState({ ...moving, doneBytes: 0, totalBytes: 0 })?.share).toBe(0);
    expect(lineOfState({ ...moving, doneBytes: 9, totalBytes: 5 })?.share).toBe(1);
  });
});

describe('a job that failed', () => {
  it('offers the newest good one in its place', () => {
    const line = lineOf('home-failed-changed');
    expect(line.heading).toBe('checkpoint-400 was written anew while it was copied');
    expect(line.buttons[0]).toEqual({
      label: 'Download checkpoint-300 instead',
      spokenLabel: 'Download checkpoint-300 instead',
      action: {
        kind: 'bring-home',
        notebookId: 'recorded',
        names: ['checkpoint-300'],
        extent: 'everything',
        to: 'zip',
      },
    });
    expect(labels(line).slice(1)).toEqual(['Dismiss']);
    const kept = lineOfState(
      { kind: 'failed', why: { kind: 'gone', name: 'checkpoint-400', next: 'checkpoint-300' } },
      { to: 'browser', extent: 'inference' },
    );
    expect(kept?.buttons[0]).toMatchObject({
      label: 'Keep checkpoint-300 instead',
      action: { to: 'browser', extent: 'inference' },
    });
  });

  it('says which copies outlive it', () => {
    const { heading, status } = lineOf('home-failed-no-room');
    expect(heading).toBe('This browser has no room for it: 3.2 GB are missing');
    expect(status).toMatch(/Whole in this browser: checkpoint-300\.$/);
  });

  it('asks before it moves what lies in the way, and tells where that is then', () => {
    const [asks] = returnLines('back-in-the-way');
    expect(asks?.heading).toBe('Something named checkpoint-400 lies on the server already');
    expect(asks?.buttons.map(({ label, action }) => [label, action.kind])).toEqual([
      ['Move that aside and put back', 'move-aside-job'],
      ['Dismiss', 'dismiss-job'],
    ]);
    expect(returnLines('back-moved-aside')[0]?.lines).toEqual([
      'What lay there is now outputs/before-restore-1.checkpoint-400',
    ]);
    expect(returnLines('back-no-room')[0]?.buttons.map(({ label }) => label)).toEqual([
      'Try again',
      'Dismiss',
    ]);
  });

  it('can be tried again where that may help', () => {
    for (const name of ['home-failed-no-room', 'home-failed-server']) {
      expect(labels(lineOf(name)), name).toEqual(['Try again', 'Dismiss']);
      expect(lineOf(name).buttons[0]?.action.kind).toBe('resume-job');
    }
    const away = lineOfState({ kind: 'failed', why: { kind: 'page-not-open' } });
    expect(away?.buttons[0]?.label).toBe('Try again');
    const differs = lineOfState({ kind: 'failed', why: { kind: 'zip-differs' } });
    expect(differs?.buttons.map(({ label }) => label)).toEqual(['Dismiss']);
  });
});
