import { watchCell } from '../core/reach/watch-cell.ts';
import type { AskingView } from '../protocol/asking-view.ts';
import type { NotebookView } from '../protocol/popup-view.ts';
import { planned } from './recorded-plans.ts';
import { notebook, RECORDED_AT, training, unsavedRun } from './recorded-states.ts';

const open: AskingView = {
  door: 'unknown',
  canBeAsked: true,
  canInsert: true,
  copyText: null,
  inserted: null,
};
const refused: AskingView = { ...open, door: 'refused', canBeAsked: false };

/** On a page that takes no cells. */
const byHand: AskingView = {
  ...refused,
  canInsert: false,
  copyText: watchCell('/home/me/holdfast-asks', {
    comment:
      'Holdfast looks once a second in holdfast-asks for your wish to save; it runs before the training cell',
    ready: 'Holdfast can be asked for saves now.',
    missing: 'Holdfast cannot be asked for saves.',
  }),
};

const idle = (asking: AskingView): NotebookView =>
  notebook({ kind: 'idle', plan: planned({ saveStrategy: 'no' }) }, { asking });

/** How a run can be asked for saves: that it can, or the cell that makes it so. */
export const askingStates: Readonly<Record<string, NotebookView>> = {
  'asking-promised': idle(open),
  'asking-offered': idle(refused),
  'asking-inserted': idle({ ...refused, inserted: { ran: false } }),
  'asking-ran': idle({ ...refused, canBeAsked: true, inserted: { ran: true } }),
  'asking-by-hand': idle(byHand),
  'asking-by-hand-ran': idle({ ...byHand, canBeAsked: true }),
  'asking-refused': training(
    { ...unsavedRun, stepSeenAt: RECORDED_AT },
    {
      asking: refused,
      saves: {
        phase: { kind: 'failed', code: 'no-socket', message: '', at: RECORDED_AT - 4000 },
        every: null,
        advisedSteps: 200,
        made: [],
      },
    },
  ),
};
