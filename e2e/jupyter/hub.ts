import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { until } from '../until.ts';
import { writeHubConfiguration } from './hub-configuration.ts';
import { pythonEnvironment, venvPython } from './python-environment.ts';
import { restClient, type RestClient } from './rest-client.ts';
import { serverFolders, writeOwnFolders } from './server-configuration.ts';
import { cutLines, endProcess, freePort, killAllKernels, launch } from './server-process.ts';

export interface HubOptions {
  /** Who logs in. */
  readonly user: string;
  /** The folder whose notebooks the user's server serves. */
  readonly rootDir: string;
}

/** A real JupyterHub with its proxy, for one user. `await using` stops it. */
export interface JupyterHub extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The user's own server as the test asks it, by the way everybody takes: through the proxy. */
  readonly rest: RestClient;
  /** The page of a notebook in JupyterLab. Who is not logged in is led to the hub's login first. */
  readonly notebookUrl: (path: string) => string;
  /** Any route of the user's server, asked with the token of the tests. */
  readonly ask: (route: string) => Promise<Response>;
  /** What an administrator or the idle culler does: `DELETE /hub/api/users/NAME/server`. Done when it is gone. */
  readonly stopServer: () => Promise<void>;
  /** Ends the hub, its proxy, the servers and every kernel, and removes its folders. */
  readonly stop: () => Promise<void>;
  /** What the hub wrote so far, long lines cut. */
  readonly log: () => Promise<string>;
}

export const startHub = async ({ user, rootDir }: HubOptions): Promise<JupyterHub> => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-hub-'));
  const [port, hubPort, proxyApiPort] = [await freePort(), await freePort(), await freePort()];
  const [password, apiToken] = ['a password for tests', randomBytes(32).toString('hex')];
  await writeOwnFolders(home);
  const config = await writeHubConfiguration(home, {
    port,
    hubPort,
    proxyApiPort,
    rootDir,
    password,
    apiToken,
  });
  const url = `http://127.0.0.1:${port}/`;
  const log = async () => cutLines(await readFile(join(home, 'hub.log'), 'utf8'));
  const process = await launch({
    program: join(dirname(venvPython()), 'jupyterhub'),
    args: ['--config', config],
    cwd: home,
    env: { ...pythonEnvironment(home), ...serverFolders(home) },
    logFile: join(home, 'hub.log'),
    answersAt: `${url}hub/api`,
    log,
  });
  const headers = { authorization: `token ${apiToken}` };
  const ownServer = `${url}user/${user}/`;
  const stopServer = async () => {
    const reply = await fetch(`${url}hub/api/users/${user}/server`, { method: 'DELETE', headers });
    if (!reply.ok) throw new Error(`the hub answered ${reply.status}: ${await reply.text()}`);
    await until('the hub to stop the server', async () => {
      const model: unknown = await (await fetch(`${url}hub/api/users/${user}`, { headers })).json();
      return typeof model === 'object' && model !== null && 'server' in model && model.server === null;
    });
  };
  const stop = async () => {
    await endProcess(process, 'SIGTERM');
    await killAllKernels(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    url,
    user,
    password,
    rest: restClient(ownServer, apiToken, ''),
    notebookUrl: (path) => `${ownServer}lab/tree/${path.split('/').map(encodeURIComponent).join('/')}`,
    ask: (route) => fetch(`${ownServer}${route}`, { headers, redirect: 'manual' }),
    stopServer,
    stop,
    log,
    [Symbol.asyncDispose]: stop,
  };
};
