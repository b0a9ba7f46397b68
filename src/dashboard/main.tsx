import { render } from 'preact';
import { askForFreshHistory, createPopupTransport } from '../browser/popup-transport.ts';
import { translate } from '../browser/translate.ts';
import { openHistory } from '../logbook/history-store.ts';
import { WordsContext } from '../popup/words-context.ts';
import { DashboardApp } from './dashboard-app.tsx';
import type { HistoryDoor } from './history-door.ts';

const place = document.querySelector('#app');
if (place === null) throw new Error('index.html has no #app');
document.title = translate('dashboard_heading');
document.documentElement.lang = translate('ui_locale');
const background = createPopupTransport();
const door: HistoryDoor = {
  ...openHistory(),
  fresh: askForFreshHistory,
  onChange: (listener, signal) => background.onChange(listener, signal),
};
const notebookId = new URL(location.href).searchParams.get('notebook');
render(
  <WordsContext.Provider value={translate}>
    <DashboardApp door={door} notebookId={notebookId} clock={Date.now} />
  </WordsContext.Provider>,
  place,
);
