import * as v from 'valibot';

const Kernel = v.object({ id: v.string(), name: v.string(), execution_state: v.string() });
const Session = v.object({ path: v.string(), kernel: v.nullable(Kernel) });
const NotebookFile = v.object({
  content: v.object({
    cells: v.array(
      v.object({
        id: v.optional(v.string()),
        cell_type: v.string(),
        source: v.union([v.string(), v.array(v.string())]),
      }),
    ),
  }),
});

export type KernelInfo = v.InferOutput<typeof Kernel>;

export interface SavedCell {
  readonly id: string | undefined;
  readonly type: string;
  readonly source: string;
}

/**
 * The server's REST API as the test sees it, beside the browser and not through it. With a password it logs
 * in as a form does and keeps the cookies.
 */
export interface RestClient {
  /** Of every kernel, also those without a notebook. */
  readonly kernels: () => Promise<KernelInfo[]>;
  /** The kernel of a notebook, or undefined while it has none. */
  readonly kernelOf: (notebookPath: string) => Promise<KernelInfo | undefined>;
  /** A notebook's cells as they are saved. */
  readonly savedCells: (notebookPath: string) => Promise<SavedCell[]>;
}

export const restClient = (baseAddress: string, token: string, password: string): RestClient => {
  let cookie: string | undefined;
  const headers = async (): Promise<Record<string, string>> => {
    if (token !== '') return { authorization: `token ${token}` };
    cookie ??= await login(baseAddress, password);
    return { cookie };
  };
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${baseAddress}${path}`, { headers: await headers() });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
    return response.json();
  };
  return {
    kernels: async () => v.parse(v.array(Kernel), await get('api/kernels')),
    kernelOf: async (notebookPath) => {
      const sessions = v.parse(v.array(Session), await get('api/sessions'));
      return sessions.find(({ path }) => path === notebookPath)?.kernel ?? undefined;
    },
    savedCells: async (notebookPath) => {
      const path = notebookPath.split('/').map(encodeURIComponent).join('/');
      const { content } = v.parse(NotebookFile, await get(`api/contents/${path}?content=1`));
      return content.cells.map(({ id, cell_type, source }) => ({
        id,
        type: cell_type,
        source: typeof source === 'string' ? source : source.join(''),
      }));
    },
  };
};

const login = async (baseAddress: string, password: string): Promise<string> => {
  const form = await fetch(`${baseAddress}login`);
  const xsrf = cookiesOf(form).find((cookie) => cookie.startsWith('_xsrf='));
  if (xsrf === undefined) throw new Error('the login page set no _xsrf cookie');
  const reply = await fetch(`${baseAddress}login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: xsrf },
    body: new URLSearchParams({ _xsrf: xsrf.slice('_xsrf='.length), password }),
  });
  if (reply.status !== 302) throw new Error(`the login answered ${reply.status}`);
  return [xsrf, ...cookiesOf(reply)].join('; ');
};

const cookiesOf = (response: Response): string[] =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
