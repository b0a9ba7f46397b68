import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which pages the server is started for. All three are installed; this is the command the user gave. */
export type FrontEnd = 'lab' | 'notebook' | 'classic';

/** A host name under which the server lets itself be called besides localhost, where a test's browser maps it here. */
export const otherHost = 'lab.example.test';

export interface Configuration {
  readonly port: number;
  /** Starts and ends with a slash. */
  readonly baseUrl: string;
  readonly rootDir: string;
  /** Empty when a password is asked for. */
  readonly token: string;
  /** Empty when a token is asked for. */
  readonly password: string;
  /** Server extensions to load, by module name, besides those of the environment. */
  readonly serverExtensions: readonly string[];
  /**
   * Whether a page gets a cell's output however fast it comes. By default the server drops what is over 1 MB a second, and
   * hangs up on a page that is so far behind that it has not answered a ping for 90 s.
   */
  readonly allOutput?: boolean;
}

const NO_PING_MS = 24 * 3_600_000;

const commands = { lab: 'lab', notebook: 'notebook', classic: 'nbclassic' } as const;

export const commandOf = (frontEnd: FrontEnd): string[] => [
  '-m',
  'jupyter',
  commands[frontEnd],
  '--no-browser',
];

/** The folders of a server's own: it sees none of the user's settings, and leaves nothing behind. */
export const serverFolders = (home: string) => ({
  JUPYTER_CONFIG_DIR: join(home, 'config'),
  JUPYTER_DATA_DIR: join(home, 'data'),
  JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
});

/** Writes jupyter_server_config.json and JupyterLab's user settings under `home`. */
export const writeConfiguration = async (home: string, configuration: Configuration): Promise<void> => {
  await writeOwnFolders(home);
  await writeJson(
    join(serverFolders(home).JUPYTER_CONFIG_DIR, 'jupyter_server_config.json'),
    serverSettings(configuration),
  );
};

/** The folders of `serverFolders`, with JupyterLab's user settings. */
export const writeOwnFolders = async (home: string): Promise<void> => {
  const folders = serverFolders(home);
  const settings = join(folders.JUPYTER_CONFIG_DIR, 'lab/user-settings/@jupyterlab/apputils-extension');
  await mkdir(settings, { recursive: true });
  await mkdir(folders.JUPYTER_DATA_DIR, { recursive: true });
  await mkdir(folders.JUPYTER_RUNTIME_DIR, { recursive: true });
  await writeJson(join(settings, 'notification.jupyterlab-settings'), quietNotifications);
};

/** What a notebook names to have such a kernel; see `writeWrappedKernel`. */
export const wrappedKernel = { display_name: 'Python in a shell', language: 'python', name: 'wrapped' };

/**
 * Kernels as they are where something stands between them and the server (conda run, a container, srun): a shell here. They
 * do not see that their server is gone, and live on.
 */
export const writeWrappedKernel = async (home: string, python: string): Promise<void> => {
  const folder = join(serverFolders(home).JUPYTER_DATA_DIR, `kernels/${wrappedKernel.name}`);
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, 'kernel.json'), {
    argv: ['sh', '-c', '"$0" -m ipykernel_launcher -f "$1"; exit', python, '{connection_file}'],
    display_name: wrappedKernel.display_name,
    language: wrappedKernel.language,
  });
};

const serverSettings = ({
  port,
  baseUrl,
  rootDir,
  token,
  password,
  serverExtensions,
  allOutput = false,
}: Configuration) => ({
  ...(allOutput ? { ZMQChannelsWebsocketConnection: { limit_rate: false } } : {}),
  ServerApp: {
    ...(allOutput ? { tornado_settings: { ws_ping_interval: NO_PING_MS } } : {}),
    allow_root: true,
    base_url: baseUrl,
    ip: '127.0.0.1',
    jpserver_extensions: Object.fromEntries(serverExtensions.map((module) => [module, true])),
    local_hostnames: ['localhost', otherHost],
    port,
    port_retries: 0,
    root_dir: rootDir,
  },
  IdentityProvider: { token },
  PasswordIdentityProvider: { hashed_password: password === '' ? '' : hashed(password) },
  LabApp: { check_for_updates_class: 'jupyterlab.NeverCheckForUpdate', news_url: '' },
});

/** Without these JupyterLab asks on its first start, in a box over the page, whether it may fetch news. */
const quietNotifications = { checkForUpdates: false, doNotDisturbMode: false, fetchNews: 'false' };

/** The older of the two formats of `jupyter_server.auth.security.passwd`: algorithm:salt:digest. */
const hashed = (password: string): string => {
  const salt = randomBytes(6).toString('hex');
  return `sha256:${salt}:${createHash('sha256').update(`${password}${salt}`).digest('hex')}`;
};

const writeJson = async (path: string, value: unknown): Promise<void> =>
  writeFile(path, JSON.stringify(value, undefined, 2));
