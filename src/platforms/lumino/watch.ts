import type { KernelSighting, PlatformListener } from '../platform.ts';
import { isRecord, member, text } from '../foreign-object.ts';
import { onSignal, type LuminoApplication, type NotebookPanel } from './application.ts';
import { describe, kernelOf, notebookPanels, pathOf } from './panels.ts';

const KERNEL_STATES: Readonly<Record<string, KernelSighting>> = {
  starting: 'starting',
  idle: 'idle',
  busy: 'busy',
  restarting: 'restarting',
  autorestarting: 'autorestarting',
  dead: 'dead',
  terminating: 'terminating',
};
const CONNECTION_STATES: Readonly<Record<string, KernelSighting>> = {
  connected: 'connected',
  connecting: 'connecting',
  disconnected: 'disconnected',
};

/** Reports notebooks, kernels and messages of a Lumino shell through its own signals; no timer, no polling. */
export const watchShell = (app: LuminoApplication, listener: PlatformListener, signal: AbortSignal): void => {
  const panels = new Map<NotebookPanel, AbortController>();

  const rescan = (): void => {
    if (signal.aborted) return;
    const present = notebookPanels(app);
    for (const [panel, life] of panels) {
      if (present.includes(panel)) continue;
      life.abort();
      panels.delete(panel);
    }
    for (const panel of present) {
      if (panels.has(panel)) continue;
      const life = new AbortController();
      panels.set(panel, life);
      watchPanel(panel, listener, rescan, life.signal);
    }
    listener.notebooks(present.map((panel) => describe(app, panel)));
  };

  // A panel is in the shell before its file is read: look again when its context says it is ready.
  const rescanWhenReady = (): void => {
    rescan();
    const widget = member(app.shell, 'currentWidget');
    const ready = member(widget, 'context', 'ready');
    if (ready instanceof Promise) void ready.then(rescan).catch(() => undefined);
  };
  onSignal(member(app.shell, 'layoutModified'), rescanWhenReady, signal);
  onSignal(member(app.shell, 'currentChanged'), rescanWhenReady, signal);
  const restored = member(app, 'restored');
  if (restored instanceof Promise) void restored.then(rescanWhenReady).catch(() => undefined);
  signal.addEventListener('abort', () => panels.forEach((life) => life.abort()), { once: true });
  rescanWhenReady();
};

const watchPanel = (
  panel: NotebookPanel,
  listener: PlatformListener,
  rescan: () => void,
  signal: AbortSignal,
): void => {
  const session = panel.sessionContext;
  const report = (states: Readonly<Record<string, KernelSighting>>, value: unknown): void => {
    const sighting = typeof value === 'string' ? states[value] : undefined;
    if (sighting !== undefined) listener.kernel(pathOf(panel), text(kernelOf(panel), 'id'), sighting);
  };
  onSignal(member(session, 'statusChanged'), (status) => report(KERNEL_STATES, status), signal);
  onSignal(member(session, 'connectionStatusChanged'), (status) => report(CONNECTION_STATES, status), signal);
  onSignal(member(panel.context, 'pathChanged'), rescan, signal);
  onSignal(member(panel, 'disposed'), rescan, signal);

  const path = (): string => pathOf(panel);
  const kernelLife = { current: new AbortController() };
  const followKernel = (): void => {
    kernelLife.current.abort();
    kernelLife.current = new AbortController();
    const kernel = kernelOf(panel);
    const id = text(kernel, 'id');
    if (id === null) return;
    onSignal(
      member(kernel, 'anyMessage'),
      (value) => {
        if (!isRecord(value)) return;
        const direction = value['direction'] === 'send' ? 'send' : 'receive';
        listener.message(path, id, value['msg'], direction);
      },
      AbortSignal.any([signal, kernelLife.current.signal]),
    );
    report(KERNEL_STATES, member(kernel, 'status'));
    report(CONNECTION_STATES, member(kernel, 'connectionStatus'));
  };
  onSignal(
    member(session, 'kernelChanged'),
    () => {
      followKernel();
      rescan();
    },
    signal,
  );
  followKernel();
};
