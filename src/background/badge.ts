import { browser } from '../browser/browser.ts';
import { positionOf, type Position } from '../core/run/progress.ts';
import type { Notebook } from './notebook.ts';

const ALARM = '#c02b2b';
const PROGRESS = '#12805c';

/** An epoch that runs is not done yet. */
const doneOf = ({ unit, step, source }: Position): number =>
  unit === 'epochs' && source !== 'folder' ? step - 1 : step;

const isAlarm = (connection: Notebook['connection']['kind']): boolean =>
  connection === 'server-unreachable' || connection === 'runtime-disconnected';

/** The toolbar's badge: how far a run is, or an alarm. Nothing else is worth a look at the toolbar. */
export const badgeFor = (notebook: Notebook): { readonly text: string; readonly colour: string } => {
  const { run, recovery } = notebook;
  if (recovery?.status === 'failed') return { text: '!', colour: ALARM };
  if (run === null) return { text: '', colour: PROGRESS };
  switch (run.phase.kind) {
    case 'training': {
      if (isAlarm(notebook.connection.kind) || notebook.machine?.asks === true)
        return { text: '!', colour: ALARM };
      const position = positionOf(run);
      const share =
        position === null || position.total === null || position.total === 0
          ? null
          : doneOf(position) / position.total;
      return { text: share === null ? '…' : `${Math.min(100, Math.floor(share * 100))}%`, colour: PROGRESS };
    }
    case 'lost':
      return { text: '!', colour: ALARM };
    case 'stopped':
      return { text: run.phase.reason.kind === 'error' ? '!' : '', colour: ALARM };
    case 'finished':
      return { text: '', colour: PROGRESS };
    default:
      return run.phase satisfies never;
  }
};

/** Shows the most urgent badge among the notebooks of one tab. */
export const showBadge = async (tabId: number, notebooks: readonly Notebook[]): Promise<void> => {
  const badges = notebooks.map(badgeFor);
  const { text, colour } = badges.find((badge) => badge.text === '!') ??
    badges.find((badge) => badge.text !== '') ?? { text: '', colour: PROGRESS };
  try {
    await browser.action.setBadgeBackgroundColor({ tabId, color: colour });
    await browser.action.setBadgeText({ tabId, text });
  } catch {
    // The tab was closed meanwhile.
  }
};
