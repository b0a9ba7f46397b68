import { answered, wished, type AskedSaves } from '../core/reach/asked-save.ts';
import type { PopupAction } from '../protocol/popup-transport.ts';
import type { SaveView } from '../protocol/save-view.ts';
import { RECORDED_AT } from './recorded-states.ts';

type SaveAction = Extract<PopupAction, { kind: 'save-now' | 'save-every' | 'answer-save' | 'undo-save' }>;

const asked = ({ phase, every }: SaveView): AskedSaves => ({
  agreed: phase.kind !== 'none',
  runId: 'recorded',
  phase,
  every,
  made: [],
  names: null,
});

/** What the background would show next, of a kernel that has understood and not saved yet. */
export const afterSaveAction = (view: SaveView, action: SaveAction): SaveView => {
  const after = (saves: AskedSaves): SaveView => ({ ...view, phase: saves.phase });
  switch (action.kind) {
    case 'save-now':
      return after(wished(asked(view), { kind: 'once', stop: action.stop }, RECORDED_AT));
    case 'save-every':
      return after(wished(asked(view), { kind: 'every', steps: action.steps }, RECORDED_AT));
    case 'answer-save':
      return after(answered(asked(view), action.yes, RECORDED_AT));
    case 'undo-save':
      return action.what === 'every' ? { ...view, every: null } : { ...view, phase: { kind: 'none' } };
    default:
      return action satisfies never;
  }
};
