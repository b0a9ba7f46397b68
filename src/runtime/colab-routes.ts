import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import { stat } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { serverAddress, type ServerAddress } from './server-address.ts';

/** A server, and what proves to it that we may ask. The proof lives in memory and is written nowhere. */
export interface ReachedServer {
  readonly address: ServerAddress;
  readonly access: Access;
}

/** What a Colab page gives out of its runtime; see `findColabServer`. */
export interface ColabAccess {
  readonly proxy: { readonly url: string; readonly token: string } | null;
  readonly tunnel: { readonly endpoint: string } | null;
}

export type ColabRoute = 'proxy' | 'tunnel';

export interface FoundColabServer extends ReachedServer {
  readonly route: ColabRoute;
}

/** Why each route did not answer; a route the page did not offer is not in it. */
export interface NoColabServer {
  readonly kind: 'no-route';
  readonly tried: readonly { readonly route: ColabRoute; readonly failure: RuntimeFailure }[];
}

/** The folder in which Colab's kernels start, seen from its server's root, which is `/`. */
const HOME = 'content';
const PROBE_STALL_MS = 10_000;

/**
 * Finds the Jupyter server of a Colab machine. Two routes, in the order in which they are likely to work:
 *
 * - the runtime proxy of Google's own clients, `https://8080-….prod.colab.dev`, with a token that expires;
 * - the tunnel of the page itself, `https://colab.research.google.com/tun/m/ENDPOINT/`, with the page's cookies and a
 *   header of its own; attested for sessions and ports, so it is probed with the folder we need.
 */
export async function findColabServer(
  page: string,
  { proxy, tunnel }: ColabAccess,
): Promise<Result<FoundColabServer, NoColabServer>> {
  const tried: { route: ColabRoute; failure: RuntimeFailure }[] = [];
  const candidates = [
    proxy === null ? null : proxied(proxy.url, proxy.token),
    tunnel === null ? null : tunnelled(page, tunnel.endpoint),
  ];
  for (const found of candidates) {
    if (found === null) continue;
    const answer = await stat(found.address, HOME, { ...found.access, stallMs: PROBE_STALL_MS });
    if (answer.ok) return ok(found);
    tried.push({ route: found.route, failure: answer.failure });
  }
  return fail({ kind: 'no-route', tried });
}

/** Only Google's own hosts get the token, whatever the page says the address is. */
const PROXY_HOST = /^[\w-]+\.(?:[\w-]+\.)*prod\.colab\.dev$/;

function proxied(url: string, token: string): FoundColabServer | null {
  const origin = originOf(url);
  if (origin === null || !PROXY_HOST.test(new URL(origin).hostname)) return null;
  const address = serverAddress(origin, '/');
  if (!address.ok) return null;
  const proof = { 'X-Colab-Runtime-Proxy-Token': token };
  return { route: 'proxy', address: address.value, access: { proof } };
}

function tunnelled(page: string, endpoint: string): FoundColabServer | null {
  if (!/^[\w-]{1,200}$/.test(endpoint)) return null;
  const address = serverAddress(page, `/tun/m/${endpoint}/`);
  if (!address.ok) return null;
  return { route: 'tunnel', address: address.value, access: { proof: { 'X-Colab-Tunnel': 'Google' } } };
}

function originOf(url: string): string | null {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === 'https:' ? origin : null;
  } catch {
    return null;
  }
}
