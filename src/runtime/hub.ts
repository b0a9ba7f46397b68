import { type RequestOptions, request } from './http.ts';
import type { ServerAddress } from './server-address.ts';

/**
 * Whether a JupyterHub says that it has stopped the server of this address, or not started it.
 *
 * Measured on JupyterHub 6.1.1 with configurable-http-proxy 5.3.0. Without a server the proxy hands `/user/NAME/…` to the
 * hub, and that answers every route below it, whoever asks, with 302 to `/hub/user/NAME/…`; a fetch that does not follow
 * sees of that no more than of a redirect to a login. There a GET of `…/api/…` by somebody who is logged in at the hub gets
 * 424 and `{"message": "JupyterHub server no longer running at /user/NAME/api/status. Restart the server at …/hub/spawn/NAME"}`,
 * also while the server is being started; who is not logged in, 302 to `/hub/login`; another user's name, 404; and while
 * the server runs, 302 back to it. `use_legacy_stopped_server_status_code` makes the 424 a 503, as it was before 2.0, with
 * the same text (`UserUrlHandler._fail_api_request` in `handlers/base.py`).
 */
export async function isStoppedByHub(
  server: ServerAddress,
  access: Pick<RequestOptions, 'signal' | 'stallMs'>,
): Promise<boolean> {
  const url = hubUrlOf(server);
  if (url === null) return false;
  const { signal, stallMs } = access;
  const reply = await request(url, {
    ...(signal === undefined ? {} : { signal }),
    ...(stallMs === undefined ? {} : { stallMs }),
    headers: { Accept: 'application/json' },
    maxBytes: 64 * 1024,
    explain: (status, text) =>
      status === 503 && text.includes('server no longer running') ? { kind: 'server-stopped' } : null,
  });
  return !reply.ok && reply.failure.kind === 'server-stopped';
}

/** Where the hub speaks for a user's server: its own prefix is what stands before `user/`. `null`: that is no hub's address. */
function hubUrlOf({ origin, basePath }: ServerAddress): URL | null {
  const match = /^(.*?\/)(user\/.+)$/.exec(basePath);
  if (match === null) return null;
  const url = new URL(origin);
  url.pathname = `${match[1] ?? ''}hub/${match[2] ?? ''}api/status`;
  return url;
}
