import type { PopupAction, PopupActionReply, PopupTransport } from '../protocol/popup-transport.ts';
import type { NotebookView, PopupView, ResumeCellView } from '../protocol/popup-view.ts';
import type { KeepingView } from '../protocol/keeping-view.ts';
import type { UsesView } from '../protocol/use-view.ts';
import { afterHomeAction } from './fake-home.ts';
import { afterSaveAction } from './fake-saves.ts';

interface FakeTransportOptions {
  /** What every action is answered; without it actions are done. */
  readonly reply?: PopupActionReply;
  readonly delayMs?: number;
  /** Told of every action, for tests. */
  readonly whenAsked?: (action: PopupAction) => void;
}

const withCell = (view: NotebookView, cell: ResumeCellView): NotebookView =>
  view.state.kind === 'lost' || view.state.kind === 'stopped'
    ? { ...view, state: { ...view.state, resume: { ...view.state.resume, cell } } }
    : view;

const afterChange = (
  before: KeepingView,
  { on, extent, paused, mostBytesPerSecond }: Extract<PopupAction, { kind: 'change-keeping' }>,
): KeepingView => {
  const choice = { extent, paused, mostBytesPerSecond };
  if (!on) return { kind: 'off', ...choice };
  return before.kind === 'on'
    ? { ...before, ...choice }
    : { kind: 'on', ...choice, underWay: null, last: null, trouble: null };
};

const usesAfter = (
  uses: UsesView,
  action: Extract<PopupAction, { kind: 'insert-use-cell' | 'undo-use-cell' }>,
): UsesView => {
  if (action.kind === 'undo-use-cell') return { ...uses, [action.sort]: null };
  const { names } = action;
  const sort = names.length === 1 ? 'one' : 'compare';
  return { ...uses, [sort]: { names: names.toReversed(), state: { kind: 'inserted' } } };
};

/** What the background would show next. */
const after = (view: PopupView, action: PopupAction): PopupView => {
  if (view.kind !== 'notebook') return view;
  switch (action.kind) {
    case 'insert-resume-cell':
      return withCell(view, { kind: 'inserted', checkpoint: 'checkpoint-400' });
    case 'undo-insert':
      return withCell(view, { kind: 'not-inserted' });
    case 'insert-use-cell':
    case 'undo-use-cell':
      return { ...view, uses: usesAfter(view.uses, action) };
    case 'change-settings': {
      const { insertAfterReconnect, runAfterReconnect } = action;
      return { ...view, settings: { ...view.settings, insertAfterReconnect, runAfterReconnect } };
    }
    case 'set-hours-between-failures':
      return { ...view, settings: { ...view.settings, hoursBetweenFailures: action.hours } };
    case 'change-keeping':
      return { ...view, keeping: afterChange(view.keeping, action) };
    case 'apply-settings':
      return view.saveSettings === null
        ? view
        : {
            ...view,
            saveSettings: {
              ...view.saveSettings,
              inserted: { preset: action.preset, settings: action.settings, ran: false },
            },
          };
    case 'undo-settings':
      return view.saveSettings === null
        ? view
        : { ...view, saveSettings: { ...view.saveSettings, inserted: null } };
    case 'apply-asking':
    case 'undo-asking':
      return view.asking === null
        ? view
        : {
            ...view,
            asking: { ...view.asking, inserted: action.kind === 'apply-asking' ? { ran: false } : null },
          };
    case 'dismiss-run':
      return { ...view, state: { kind: 'idle', plan: null } };
    case 'recover':
      return view.state.kind === 'lost' || view.state.kind === 'stopped'
        ? { ...view, state: { kind: 'recovering', run: view.state.run, steps: [], status: 'running' } }
        : view;
    case 'prepare-asking':
    case 'enable-site':
    case 'reload-tab':
    case 'open-health':
    case 'open-dashboard':
    case 'stop-recovery':
    case 'watch-folder':
    case 'open-restore':
    case 'retry-recovery':
    case 'skip-step':
      return view;
    case 'save-now':
    case 'save-every':
    case 'answer-save':
    case 'undo-save':
      return { ...view, saves: afterSaveAction(view.saves, action) };
    case 'bring-home':
    case 'zip-folder':
    case 'zip-copy':
    case 'finish-copy':
    case 'restore-copy':
    case 'remove-copy':
    case 'pause-job':
    case 'resume-job':
    case 'cancel-job':
    case 'dismiss-job':
    case 'show-job':
    case 'move-aside-job':
      return afterHomeAction(view, action);
    default:
      return action satisfies never;
  }
};

/** Plays one recorded state, and moves on from it the way the background would. */
export const createFakeTransport = (
  recorded: PopupView,
  { reply = { kind: 'done' }, delayMs = 0, whenAsked }: FakeTransportOptions = {},
): PopupTransport => {
  let view = recorded;
  const changes = new EventTarget();
  return {
    view: async () => view,
    act: async (action) => {
      whenAsked?.(action);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (reply.kind === 'done') view = after(view, action);
      changes.dispatchEvent(new Event('change'));
      return reply;
    },
    onChange: (listener, signal) => changes.addEventListener('change', listener, { signal }),
  };
};
