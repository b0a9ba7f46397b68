import { detectPlatform } from '../platforms/detect.ts';
import type { NotebookPlatform } from '../platforms/platform.ts';
import type { PageEvent } from '../protocol/page-event.ts';
import { openApplicationDoor, type PageConfig } from './application-door.ts';
import { executeCommand } from './command-desk.ts';
import { createEventOutbox } from './event-outbox.ts';
import { createExecutionReader } from './execution-reader.ts';
import { installKernelTap } from './kernel-tap.ts';
import { openPageLine } from './page-line.ts';
import { reportPlatform } from './platform-report.ts';

/** The page's own world, before its first script: the tap, the application door, and the line to the content script. */
const start = (): void => {
  const state: {
    platform: NotebookPlatform | null;
    config: PageConfig | null;
    application: 'working' | 'absent' | 'waiting';
    told: string;
  } = { platform: null, config: null, application: 'waiting', told: '' };
  const lifetime = new AbortController();
  const outbox = createEventOutbox((run, ms) => setTimeout(run, ms));
  const reader = createExecutionReader((event) => outbox.add(event), Date.now);

  const tellPage = (): void => {
    const event: PageEvent = {
      kind: 'page',
      baseUrl: state.config?.baseUrl ?? '/',
      serverRoot: state.config?.serverRoot ?? null,
      platform: state.platform?.name ?? null,
      application: state.application,
      kernelTap: tap.health(),
    };
    const told = JSON.stringify(event);
    if (told === state.told) return;
    state.told = told;
    outbox.add(event);
  };

  const tap = installKernelTap(globalThis, {
    opened(kernelId) {
      tellPage();
      if (state.platform === null)
        outbox.add({ kind: 'kernel', path: null, kernelId, sighting: 'connected', at: Date.now() });
    },
    closed(kernelId) {
      if (state.platform === null)
        outbox.add({ kind: 'kernel', path: null, kernelId, sighting: 'disconnected', at: Date.now() });
    },
    message(kernelId, message) {
      reportTappedState(kernelId, message.type, message.content);
      reader.read(null, kernelId, message, 'receive');
    },
  });
  const reportTappedState = (
    kernelId: string,
    type: string,
    content: Readonly<Record<string, unknown>>,
  ): void => {
    const at = Date.now();
    if (type === 'status' && content['execution_state'] === 'restarting') {
      reader.forgetKernel(kernelId);
      outbox.add({ kind: 'kernel', path: null, kernelId, sighting: 'autorestarting', at });
    } else if (type === 'shutdown_reply') {
      reader.forgetKernel(kernelId);
      outbox.add({
        kind: 'kernel',
        path: null,
        kernelId,
        sighting: content['restart'] === true ? 'restarting' : 'terminating',
        at,
      });
    }
  };

  openApplicationDoor(document, globalThis, {
    config(config) {
      state.config = config;
      tellPage();
    },
    application(app) {
      state.platform = detectPlatform(app);
      state.application = state.platform === null ? 'absent' : 'working';
      if (state.platform === null) tap.read();
      else {
        tap.standBy();
        reportPlatform(state.platform, reader, (event) => outbox.add(event), lifetime.signal);
      }
      tellPage();
    },
    absent() {
      state.application = 'absent';
      tap.read();
      tellPage();
    },
  });
  openPageLine(
    window,
    (line) => outbox.connect((events) => line.sendEvents(events)),
    (command) => executeCommand(state.platform, command),
  );
};

try {
  start();
} catch {
  // Whatever goes wrong in here, the page goes on as if we were not there.
}
