/**
 * Why a request to a Jupyter server did not give what was asked for.
 * - `signed-out`: the server wants a login first. `forbidden`: it knows who asks and refuses.
 * - `not-found`: no such file, folder or kernel. `conflict`: it changed under us (409, or 416:
 *   the file is shorter than it was).
 * - `cross-site`: it knows who asks and takes the request for one of another site's pages. jupyter_server wants a cookie
 *   login to come with its own `Origin` and, for changes, with `X-XSRFToken`: see `src/browser/request-identity.ts`.
 * - `disk-full`: what was written does not fit, or not into the user's share (507, or what the server's error says).
 * - `too-large`: the server refuses the size, or the answer would be larger than we are ready to read.
 * - `server-stopped`: a hub answers in its place, and says that this user's server does not run: see `hub.ts`.
 * - `unreachable`: no answer, or the line broke in the middle of one. `stalled`: no byte came for that long.
 * - `not-understood`: an answer, but not the one this API gives (`status` is its HTTP status).
 * - `aborted`: the caller's own signal.
 */
export type RuntimeFailure =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'cross-site' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'too-large' }
  /** `null`: the server did not say how long to wait. */
  | { readonly kind: 'too-many-requests'; readonly retryAfterMs: number | null }
  | { readonly kind: 'server-error'; readonly status: number }
  | { readonly kind: 'server-stopped' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'stalled'; readonly afterMs: number }
  | { readonly kind: 'not-understood'; readonly status: number }
  | { readonly kind: 'aborted' };

/** What an unsuccessful answer means. Redirects are `signed-out`: see `request`. */
export function failureOfStatus(status: number, retryAfter: string | null, nowMs: number): RuntimeFailure {
  if (status >= 300 && status < 400) return { kind: 'signed-out' };
  if (status === 507) return { kind: 'disk-full' };
  // Nobody else in front of a Jupyter server has this status: see `hub.ts`.
  if (status === 424) return { kind: 'server-stopped' };
  if (status >= 500) return { kind: 'server-error', status };
  switch (status) {
    case 401:
      return { kind: 'signed-out' };
    case 403:
      return { kind: 'forbidden' };
    case 404:
    case 410:
      return { kind: 'not-found' };
    case 409:
    case 416:
      return { kind: 'conflict' };
    case 413:
      return { kind: 'too-large' };
    case 429:
      return { kind: 'too-many-requests', retryAfterMs: retryAfterMsOf(retryAfter, nowMs) };
    default:
      return { kind: 'not-understood', status };
  }
}

/** `Retry-After` holds seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMsOf(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^[0-9]{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
