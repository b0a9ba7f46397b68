/**
 * Every state of the popup on a recorded transport, for looking at it and for tests; never part of the extension.
 * `?state=NAME&theme=dark` shows one alone, `?states=A,B` a choice, `&theme=light` one theme;
 * `&refuse=REASON` refuses every action, `&delay=MS` answers late; `&words=marked` puts every text of the messages file
 * between ⟦ and ⟧.
 */
import { render, type JSX } from 'preact';
import type { ActionRefusal } from '../protocol/popup-transport.ts';
import type { PopupView } from '../protocol/popup-view.ts';
import { createFakeTransport } from './fake-transport.ts';
import { PopupApp } from './popup-app.tsx';
import { recordedStates } from './recorded-notebooks.ts';
import { RECORDED_AT } from './recorded-states.ts';
import { translateFromFile, translateMarked } from './translate-file.ts';

const REFUSALS: readonly ActionRefusal[] = [
  'page-not-there',
  'no-kernel',
  'kernel-busy',
  'not-inserted',
  'cell-was-edited',
  'permission-denied',
  'folder-not-found',
  'not-there',
  'in-use',
  'page-error',
];
const query = new URLSearchParams(location.search);
const refusal = REFUSALS.find((reason) => reason === query.get('refuse'));
const stoppedClock = (): number => RECORDED_AT;

const app = (view: PopupView): JSX.Element => (
  <PopupApp
    t={query.get('words') === 'marked' ? translateMarked : translateFromFile}
    clock={stoppedClock}
    transport={createFakeTransport(view, {
      ...(refusal === undefined ? {} : { reply: { kind: 'refused', reason: refusal } }),
      delayMs: Number(query.get('delay') ?? 0),
      whenAsked: (action) => {
        document.documentElement.dataset['asked'] = JSON.stringify(action);
      },
    })}
  />
);

const Sheet = ({ theme, names }: { theme: string; names: readonly string[] }): JSX.Element => (
  <div class="sheet-theme" data-theme={theme}>
    {names.map((name) => {
      const view = recordedStates[name];
      return view === undefined ? null : (
        <div key={name} class="sheet-state" title={name}>
          {app(view)}
        </div>
      );
    })}
  </div>
);

const place = document.querySelector('#app');
if (place === null) throw new Error('gallery.html has no #app');
const alone = recordedStates[query.get('state') ?? ''];
const theme = query.get('theme');
if (alone === undefined) {
  document.body.classList.add('sheet');
  const names = query.get('states')?.split(',') ?? Object.keys(recordedStates);
  const themes = theme === null ? ['light', 'dark'] : [theme];
  render(
    themes.map((each) => <Sheet key={each} theme={each} names={names} />),
    place,
  );
} else {
  if (theme !== null) document.documentElement.dataset['theme'] = theme;
  render(app(alone), place);
}
