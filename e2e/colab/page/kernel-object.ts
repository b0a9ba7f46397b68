import type { Desk } from './desk.ts';
import { freshToken } from './server.ts';

const IDLE_TIMEOUT_MS = 90 * 60 * 1000;

/** `colab.global.notebook.kernel` as the page's own scripts see it. */
export const kernelObject = ({ connection, runner, boot }: Desk) => {
  const shared = {
    idleTimeoutInterval: IDLE_TIMEOUT_MS,
    runtime: { kind: 'gce' },
    get endpoint() {
      return connection.machine === null ? null : { managedId: connection.machine.managedId };
    },
    isConnected: () => connection.isConnected,
    isRunning: () => runner.isBusy,
    getState: () => (connection.state === 'connected' && runner.isBusy ? 'busy' : connection.state),
    listen: (event: unknown, heard: unknown) => {
      if (event === 'connected' && typeof heard === 'function') {
        connection.connected.listen(() => void Reflect.apply(heard, undefined, []));
      }
    },
    execute: (code: unknown) => {
      connection.execute(String(code), true);
    },
  };
  if (boot.files !== 'proxy') return shared;
  // Added by its description: copying an object would freeze what its accessors say.
  return Object.defineProperty(shared, 'createTerminalSocket', {
    enumerable: true,
    value: () => {
      if (connection.machine === null) throw new Error('Not connected to a runtime');
      return {
        url: `wss://${connection.machine.proxyHost}/colab/tty`,
        getRuntimeProxyToken: freshToken,
      };
    },
  });
};

/** `colab.global.notebook.kernelFiles`. */
export const kernelFilesObject = ({ connection, boot }: Desk) => ({
  write: async (parentDir: unknown, name: unknown, content: unknown, progress: unknown) => {
    const { machine } = connection;
    if (machine === null || boot.files === 'none' || !(content instanceof ArrayBuffer)) {
      return { ok: false, status: 0 };
    }
    const path = `${String(parentDir)}/${String(name)}`.split('/').filter((part) => part !== '');
    const at = `api/contents/${path.map(encodeURIComponent).join('/')}`;
    const init = {
      method: 'PUT',
      body: JSON.stringify({ type: 'file', format: 'base64', content: base64(content) }),
    };
    const response =
      boot.files === 'proxy'
        ? await fetch(`https://${machine.proxyHost}/${at}?${await proxyQuery(machine.session)}`, init)
        : await fetch(`/tun/m/${machine.managedId}/${at}?authuser=0&session_id=${machine.session}`, {
            ...init,
            headers: { 'X-Colab-Tunnel': 'Google' },
          });
    tellProgress(progress);
    return { ok: response.ok, status: response.status };
  },
});

const proxyQuery = async (session: string): Promise<string> =>
  new URLSearchParams({
    session_id: session,
    'colab-runtime-proxy-token': await freshToken(),
    authuser: '0',
  }).toString();

const tellProgress = (progress: unknown): void => {
  if (typeof progress !== 'object' || progress === null || !('update' in progress)) return;
  if (typeof progress.update === 'function') Reflect.apply(progress.update, progress, [1]);
};

const base64 = (buffer: ArrayBuffer): string => {
  const bytes = new Uint8Array(buffer);
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    chunks.push(String.fromCodePoint(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(chunks.join(''));
};
