import type { NotebookView } from '../protocol/popup-view.ts';
import type { SaveSettingsView } from '../protocol/save-settings-view.ts';
import { settingsOf } from '../core/save-settings/save-settings.ts';
import { planned } from './recorded-plans.ts';
import { notebook } from './recorded-states.ts';

/** Before a run of 600 steps on a page that takes cells, after one whose checkpoints had that size. */
export const offered: SaveSettingsView = {
  way: 'insert',
  trainer: 'trainer',
  className: null,
  maxSteps: 600,
  checkpointBytes: 152_340_112,
  inserted: null,
};

const idle = (more: Partial<SaveSettingsView>): NotebookView =>
  notebook({ kind: 'idle', plan: planned({}) }, { saveSettings: { ...offered, ...more } });

const unstable = { preset: 'unstable', settings: settingsOf('unstable', 600, true) } as const;

/** How the next run saves: what can be chosen, and what stands in the notebook. */
export const settingsStates: Readonly<Record<string, NotebookView>> = {
  'settings-offered': idle({}),
  'settings-inserted': idle({ inserted: { ...unstable, ran: false } }),
  'settings-ran': idle({ inserted: { ...unstable, ran: true } }),
  'settings-own': idle({
    inserted: {
      preset: 'own',
      settings: { saveSteps: 30, keep: null, best: true, announces: true },
      ran: false,
    },
  }),
  'settings-lines': idle({ way: 'lines', trainer: 'my_trainer' }),
  'settings-arguments': idle({ way: 'arguments', trainer: null, className: 'SFTConfig' }),
};
