import { type Result, fail, ok } from '../core/result.ts';
import { readBody } from './body.ts';
import { type RuntimeFailure, failureOfStatus } from './failure.ts';
import { watchForStall } from './stall.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The server's token, if the page holds one. Sent with this request only and kept nowhere. */
  readonly token?: string;
  /** Other headers that prove whom the request is from, for servers behind a proxy. Likewise kept nowhere. */
  readonly proof?: Readonly<Record<string, string>>;
  /** More of the body than this is not read; may depend on the answer's status. */
  readonly maxBytes: number | ((status: number) => number);
  /** What to do with a longer body: take its first `maxBytes`, or answer `too-large` (the default). */
  readonly longer?: 'cut' | 'refuse';
  /** Longest silence, before the first byte or between two. 30 s when not given. */
  readonly stallMs?: number;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The body went on after `maxBytes`; the rest was not fetched. */
  readonly cut: boolean;
}

const STALL_MS = 30_000;

/**
 * One request with the user's own cookies. Any answer but 2xx is a failure.
 *
 * Redirects are not followed: none of the routes we use answers with one except to send the browser to a login page
 * (jupyter_server 2.21 `/login`, JupyterHub `/hub/…`), which may lie on another origin that must not see our headers.
 */
export async function request(url: URL, options: RequestOptions): Promise<Result<Reply, RuntimeFailure>> {
  const watch = watchForStall(options.stallMs ?? STALL_MS, options.signal);
  try {
    const response = await fetch(url, {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      ...(options.body === undefined ? {} : { body: options.body }),
      credentials: 'include',
      redirect: 'manual',
      cache: 'no-store',
      signal: watch.signal,
    });
    watch.heard();
    if (!response.ok) return fail(await failureOf(response));
    const { bytes, cut } = await readBody(response, boundOf(options.maxBytes, response.status), watch.heard);
    if (cut && options.longer !== 'cut') return fail({ kind: 'too-large' });
    return ok({ status: response.status, headers: response.headers, bytes, cut });
  } catch {
    // fetch has one error for everything: no route, a refused connection, a broken line. The watch knows about the rest.
    return fail(watch.verdict() ?? { kind: 'unreachable' });
  } finally {
    watch.stop();
  }
}

function headersOf({ headers, token, proof }: RequestOptions): Headers {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(proof ?? {})) if (isHeaderText(value)) all.set(name, value);
  if (token !== undefined && isHeaderText(token)) all.set('Authorization', `token ${token}`);
  return all;
}

/** A token with a line break is none; Headers would throw on it. */
const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

const boundOf = (maxBytes: RequestOptions['maxBytes'], status: number): number =>
  typeof maxBytes === 'number' ? maxBytes : maxBytes(status);

async function failureOf(response: Response): Promise<RuntimeFailure> {
  await response.body?.cancel().catch(() => undefined);
  if (response.type === 'opaqueredirect') return { kind: 'signed-out' };
  return failureOfStatus(response.status, response.headers.get('Retry-After'), Date.now());
}
