import type { NotebookView } from '../protocol/popup-view.ts';
import type { SaveView } from '../protocol/save-view.ts';
import { RECORDED_AT, run, training, unsavedRun, wholeCheckpoint } from './recorded-states.ts';

const none: SaveView = { phase: { kind: 'none' }, every: null, advisedSteps: 200, made: [] };
const once = { kind: 'once', stop: false } as const;
const since = RECORDED_AT - 4000;

/** A run that saves nothing before its end, and what was asked of it. */
const unsaved = (saves: Partial<SaveView>): NotebookView =>
  training({ ...unsavedRun, stepSeenAt: RECORDED_AT }, { saves: { ...none, ...saves } });

const failed = (code: Extract<SaveView['phase'], { kind: 'failed' }>['code'], message = ''): NotebookView =>
  unsaved({ phase: { kind: 'failed', code, message, at: since } });

const made = { step: 451, path: '/content/outputs/checkpoint-451', sizeBytes: 152_340_112, tookMs: 412 };

/** Checkpoints that a run is asked for while it goes on. */
export const saveStates: Readonly<Record<string, NotebookView>> = {
  'save-consent': unsaved({ phase: { kind: 'consent', wish: once } }),
  'save-consent-stop': unsaved({ phase: { kind: 'consent', wish: { kind: 'once', stop: true } } }),
  'save-consent-every': unsaved({ phase: { kind: 'consent', wish: { kind: 'every', steps: 20 } } }),
  'save-asking': unsaved({ phase: { kind: 'asking', wish: once, since } }),
  'save-pending': unsaved({ phase: { kind: 'pending', wish: once, since } }),
  'save-done': training(
    {
      safeName: 'checkpoint-451',
      safeStep: 451,
      stepsAtRisk: 1,
      secondsAtRisk: 3,
      step: 452,
      checkpoints: [wholeCheckpoint(451, 0.5121), ...run.checkpoints],
    },
    {
      saves: { ...none, phase: { kind: 'saved', stop: false, ...made, at: since }, made: ['checkpoint-451'] },
    },
  ),
  'save-stops': training(
    {},
    { saves: { ...none, phase: { kind: 'saved', stop: true, ...made, at: since } } },
  ),
  'save-every': unsaved({ every: { steps: 20, from: 2 } }),
  'save-disk-full': failed('disk-full'),
  'save-raised': failed('raised', 'ValueError: no luck'),
  'save-nothing-trains': failed('nothing-trains'),
  'save-timeout': failed('timeout'),
};
