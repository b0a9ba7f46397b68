import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.ts';
import { pythonEnvironment } from './python-environment.ts';
import { serverFolders } from './server-configuration.ts';

export interface HubConfiguration {
  /** Where people reach it. */
  readonly port: number;
  /** The hub itself, behind the proxy. */
  readonly hubPort: number;
  /** The proxy's own API. */
  readonly proxyApiPort: number;
  /** Folder of every user's server. */
  readonly rootDir: string;
  readonly password: string;
  /** Of a service that may start and stop servers and ask them anything. */
  readonly apiToken: string;
}

/**
 * Writes `jupyterhub_config.py` under `home`. The spawner is the one that JupyterHub itself names for tests: every user is
 * the person who started the hub, root too.
 */
export const writeHubConfiguration = async (
  home: string,
  configuration: HubConfiguration,
): Promise<string> => {
  const file = join(home, 'jupyterhub_config.py');
  const lines = Object.entries(settings(home, configuration)).map(
    ([name, value]) => `c.${name} = json.loads(${JSON.stringify(JSON.stringify(value))})`,
  );
  await writeFile(file, ['import json', ...lines, ''].join('\n'));
  return file;
};

const settings = (
  home: string,
  { port, hubPort, proxyApiPort, rootDir, password, apiToken }: HubConfiguration,
): Readonly<Record<string, unknown>> => ({
  'JupyterHub.bind_url': `http://127.0.0.1:${port}`,
  'JupyterHub.hub_bind_url': `http://127.0.0.1:${hubPort}`,
  'JupyterHub.db_url': `sqlite:///${join(home, 'hub.sqlite')}`,
  'JupyterHub.cookie_secret_file': join(home, 'cookie-secret'),
  'JupyterHub.authenticator_class': 'dummy',
  'JupyterHub.spawner_class': 'simple',
  'JupyterHub.services': [{ name: 'tests', api_token: apiToken }],
  'JupyterHub.load_roles': [
    { name: 'tests', services: ['tests'], scopes: ['admin:users', 'admin:servers', 'access:servers'] },
  ],
  'DummyAuthenticator.password': password,
  'Authenticator.allow_all': true,
  'ConfigurableHTTPProxy.api_url': `http://127.0.0.1:${proxyApiPort}`,
  'ConfigurableHTTPProxy.command': [
    process.execPath,
    join(root, 'node_modules/configurable-http-proxy/bin/configurable-http-proxy'),
  ],
  'ConfigurableHTTPProxy.pid_file': join(home, 'proxy.pid'),
  'SimpleLocalProcessSpawner.home_dir_template': rootDir,
  'Spawner.args': ['--allow-root'],
  'Spawner.environment': { ...pythonEnvironment(home), ...serverFolders(home) },
});
