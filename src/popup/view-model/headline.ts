import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { finishedHeadline, stoppedHeadline } from './ended-headline.ts';
import { lostHeadline } from './lost-headline.ts';
import { planHeadline } from './plan-headline.ts';
import { recoveryHeadline } from './recovery-words.ts';
import type { Headline } from './tone.ts';
import { trainingHeadline } from './training-headline.ts';

/** One sentence that answers "is my run safe?", and below it what there is to lose. */
export const headlineOf = (t: Translate, state: NotebookState, now: number): Headline => {
  switch (state.kind) {
    case 'idle':
      return planHeadline(t, state.plan);
    case 'training':
      return trainingHeadline(t, state.run, state.connection, now, state.plan ?? null);
    case 'finished':
      return finishedHeadline(t, state);
    case 'stopped':
      return stoppedHeadline(t, state.run, state.reason, state.resume);
    case 'lost':
      return lostHeadline(t, state.run, state.loss, state.resume, now);
    case 'recovering':
      return recoveryHeadline(t, state);
    default:
      return state satisfies never;
  }
};
