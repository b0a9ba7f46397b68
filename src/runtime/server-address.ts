import { type Result, fail, ok } from '../core/result.ts';

/** A Jupyter server: where it is, never how to log in. Plain data. */
export interface ServerAddress {
  /** For example `https://hub.example.org:8443`. */
  readonly origin: string;
  /** `/`, or a prefix such as `/user/me/`: begins and ends with a slash. */
  readonly basePath: string;
}

export type AddressFailure = { readonly kind: 'bad-address' };

/**
 * @param origin Scheme, host and port of the notebook's page.
 * @param baseUrl The server's `base_url` (`baseUrl` in the page's config): `/`, `/user/me/`, or with an origin of its own
 *   that has to be the same. It may be percent-encoded already and is left as it is.
 */
export function serverAddress(origin: string, baseUrl: string): Result<ServerAddress, AddressFailure> {
  const page = parse(origin);
  if (page === null || page.origin === 'null' || page.username !== '' || page.password !== '') return bad;
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return bad;
  const base = parse(baseUrl, `${page.origin}/`);
  if (base === null || base.origin !== page.origin || base.search !== '' || base.hash !== '') return bad;
  const path = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return path.includes('//') ? bad : ok({ origin: page.origin, basePath: path });
}

const bad = fail({ kind: 'bad-address' } as const);

function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Routes of jupyter_server 1 and 2, and one of Colab's. */
export type Route =
  | 'api/colab/resources'
  | 'api/contents'
  | 'api/sessions'
  | 'api/kernels'
  | 'api/kernelspecs'
  | 'api/status'
  | 'files';

/**
 * WORKAROUND(jupyter_server 1 to 2.21, `services/contents/handlers.py`): below a folder, `/api/contents/…/checkpoints` and
 * `…/trust` are routes of its own (of notebook checkpoints), so that a folder of that name can't be listed; and that is what
 * Lightning and accelerate call theirs. The route is found before the path is decoded: with one letter encoded it does not
 * match. Remove when the server tells the two apart.
 */
const OTHER_ROUTES: ReadonlyMap<string, string> = new Map([
  ['checkpoints', '%63heckpoints'],
  ['trust', '%74rust'],
]);

/**
 * The URL of a route and a path below it, every name percent-encoded. `null` for a path no server can have: with `.`,
 * `..` or empty names, NUL, or half a character. An empty path is the root.
 *
 * @param path Relative to the server's root, `/` between names.
 */
export function urlOf(
  server: ServerAddress,
  route: Route,
  path: string,
  query: Readonly<Record<string, string>> = {},
): URL | null {
  const encoded = path === '' ? [] : path.split('/').map(encodeName);
  if (encoded.includes(null)) return null;
  const url = new URL(server.origin);
  const names =
    route === 'api/contents' ? encoded.map((name) => OTHER_ROUTES.get(name ?? '') ?? name) : encoded;
  url.pathname = `${server.basePath}${[route, ...names].join('/')}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** Whether a server can have a path: see `urlOf`. */
export const isPath = (path: string): boolean => !path.split('/').map(encodeName).includes(null);

function encodeName(name: string): string | null {
  if (name === '' || name === '.' || name === '..' || name.includes('\0') || /\p{Surrogate}/u.test(name))
    return null;
  return encodeURIComponent(name).replaceAll(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
