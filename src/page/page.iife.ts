import { waitForColab } from '../platforms/colab/colab.ts';
import { isColabHost } from '../platforms/colab/colab-site.ts';
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
import { createSlices, messageTasks } from './slices.ts';
import { createTappedKernels } from './tapped-kernel.ts';

/** The page's own world, before its first script: the tap, the application door, and the line to the content script. */
const start = (): void => {
  const state: {
    platform: NotebookPlatform | null;
    config: PageConfig | null;
    /** From the address of a kernel's socket, for pages without a config. */
    tappedBaseUrl: string;
    application: 'working' | 'absent' | 'waiting';
    /** What kernels do is told from their sockets, as long as no application tells it. */
    kernelsFromSocket: boolean;
    told: string;
  } = {
    platform: null,
    config: null,
    tappedBaseUrl: '/',
    application: 'waiting',
    kernelsFromSocket: true,
    told: '',
  };
  const onColab = isColabHost(location.hostname);
  const lifetime = new AbortController();
  const setTimer = (run: () => void, ms: number): unknown => setTimeout(run, ms);
  const outbox = createEventOutbox(setTimer);
  const reader = createExecutionReader(
    (event) => outbox.add(event),
    Date.now,
    createSlices(() => performance.now(), messageTasks()),
    setTimer,
    () => state.platform?.runningCell?.() ?? null,
  );

  const tellPage = (): void => {
    const event: PageEvent = {
      kind: 'page',
      baseUrl: state.config?.baseUrl ?? (onColab ? '/' : state.tappedBaseUrl),
      serverRoot: state.config?.serverRoot ?? null,
      platform: state.platform?.name ?? null,
      application: state.application,
      canInsert: state.platform !== null && (state.platform.canInsert?.() ?? true),
      kernelTap: tap.health(),
    };
    const told = JSON.stringify(event);
    if (told === state.told) return;
    state.told = told;
    outbox.add(event);
  };

  const kernels = createTappedKernels(reader, (event) => outbox.add(event), Date.now);
  const tap = installKernelTap(globalThis, {
    opened({ kernelId, baseUrl }) {
      state.tappedBaseUrl = baseUrl;
      // Colab has its notebook up before it connects: an object that is not there by now is not where we know it.
      if (onColab && state.platform === null) state.application = 'absent';
      tellPage();
      if (state.kernelsFromSocket) kernels.opened(kernelId);
    },
    closed(kernelId) {
      if (state.kernelsFromSocket) kernels.closed(kernelId);
    },
    message(kernelId, message) {
      kernels.message(kernelId, message);
      reader.read(nowhere, kernelId, message, 'receive');
    },
  });

  const findJupyter = (): void =>
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
          state.kernelsFromSocket = false;
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

  const findColab = (): void => {
    tap.read();
    waitForColab(
      document,
      () => Reflect.get(globalThis, 'colab'),
      () => tap.hasHeard(),
      lifetime.signal,
      (platform) => {
        state.platform = platform;
        state.application = 'working';
        tellPage();
        reportPlatform(platform, reader, (event) => outbox.add(event), lifetime.signal);
      },
    );
  };

  if (onColab) findColab();
  else findJupyter();
  openPageLine(
    window,
    (line) => outbox.connect((events) => line.sendEvents(events)),
    (command) => executeCommand(state.platform, command),
  );
};

/** A socket does not tell the path of its notebook. */
const nowhere = (): null => null;

try {
  start();
} catch {
  // Whatever goes wrong in here, the page goes on as if we were not there.
}
