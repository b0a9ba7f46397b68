import { createBackgroundLine } from './background-line.ts';
import { createPagePort } from './page-port.ts';
import { hideToast, showToast } from './toast.ts';

/** The isolated world: carries events from the page to the background and commands back. Holds no state of its own. */
const lifetime = new AbortController();
const background = createBackgroundLine(lifetime);
const page = createPagePort(window, (events) => background.send({ kind: 'page-events', events }));

background.onCommand(
  (command) => page.execute(command),
  (toast) => {
    if (toast === null) hideToast(document);
    else
      showToast(document, toast, (action) =>
        background.send({ kind: 'toast-action', notebookId: toast.notebookId, action }),
      );
  },
);
window.addEventListener('pagehide', () => background.send({ kind: 'page-leaves' }), {
  signal: lifetime.signal,
});
window.addEventListener('online', () => background.send({ kind: 'network', online: true }), {
  signal: lifetime.signal,
});
window.addEventListener('offline', () => background.send({ kind: 'network', online: false }), {
  signal: lifetime.signal,
});
