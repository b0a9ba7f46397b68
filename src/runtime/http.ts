import { type Result, fail, ok } from '../core/result.ts';
import { readBody } from './body.ts';
import { type RuntimeFailure, failureOfStatus } from './failure.ts';
import { type StallWatch, watchForStall } from './stall.ts';

export interface OpenOptions {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** The server's token, if the page holds one. Sent with this request only and kept nowhere. */
  readonly token?: string;
  /** Other headers that prove whom the request is from, for servers behind a proxy. Likewise kept nowhere. */
  readonly proof?: Readonly<Record<string, string>>;
  /** Longest silence, before the first byte or between two. 30 s when not given. */
  readonly stallMs?: number;
  readonly signal?: AbortSignal;
  /** What an unsuccessful answer means when its text is known, the first 16 KiB of it; `null`: what its status says. */
  readonly explain?: (status: number, text: string) => RuntimeFailure | null;
}

export interface RequestOptions extends OpenOptions {
  /** More of the body than this is not read; may depend on the answer's status. */
  readonly maxBytes: number | ((status: number) => number);
  /** What to do with a longer body: take its first `maxBytes`, or answer `too-large` (the default). */
  readonly longer?: 'cut' | 'refuse';
}

/** An answer of which only status and headers have come. Who reads the body stops the watch. */
export interface OpenReply {
  readonly response: Response;
  readonly watch: StallWatch;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The body went on after `maxBytes`; the rest was not fetched. */
  readonly cut: boolean;
}

/** The longest silence where nobody says otherwise. */
export const STALL_MS = 30_000;
const EXPLANATION_BOUND_BYTES = 16 * 1024;

/** One request with the user's own cookies, and its whole answer. Any answer but 2xx is a failure: see `openReply`. */
export async function request(url: URL, options: RequestOptions): Promise<Result<Reply, RuntimeFailure>> {
  const opened = await openReply(url, options);
  if (!opened.ok) return opened;
  const { response, watch } = opened.value;
  const maxBytes = boundOf(options.maxBytes, response.status);
  try {
    const { bytes, cut } = await readBody(response.body, maxBytes, watch.heard);
    if (cut && options.longer !== 'cut') return fail({ kind: 'too-large' });
    return ok({ status: response.status, headers: response.headers, bytes, cut });
  } catch {
    return fail(watch.verdict() ?? { kind: 'unreachable' });
  } finally {
    watch.stop();
  }
}

/**
 * The same up to the body, for bodies too long to be held. Any answer but 2xx is a failure.
 *
 * Redirects are not followed: none of the routes we use answers with one except to send the browser to a login page
 * (jupyter_server 2.21 `/login`, JupyterHub `/hub/…`), which may lie on another origin that must not see our headers.
 */
export async function openReply(url: URL, options: OpenOptions): Promise<Result<OpenReply, RuntimeFailure>> {
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
    if (response.ok) return ok({ response, watch });
    const failure = await failureOf(response, options.explain, watch.heard);
    watch.stop();
    return fail(failure);
  } catch {
    watch.stop();
    // fetch has one error for everything: no route, a refused connection, a broken line. The watch knows about the rest.
    return fail(watch.verdict() ?? { kind: 'unreachable' });
  }
}

function headersOf({ headers, token, proof }: OpenOptions): Headers {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(proof ?? {})) if (isHeaderText(value)) all.set(name, value);
  if (token !== undefined && isHeaderText(token)) all.set('Authorization', `token ${token}`);
  return all;
}

/** A token with a line break is none; Headers would throw on it. */
const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

const boundOf = (maxBytes: RequestOptions['maxBytes'], status: number): number =>
  typeof maxBytes === 'number' ? maxBytes : maxBytes(status);

async function failureOf(
  response: Response,
  explain: OpenOptions['explain'],
  heard: () => void,
): Promise<RuntimeFailure> {
  if (response.type === 'opaqueredirect') return { kind: 'signed-out' };
  const { status, headers } = response;
  const said = failureOfStatus(status, headers.get('Retry-After'), Date.now());
  if (explain === undefined) {
    await response.body?.cancel().catch(() => undefined);
    return said;
  }
  // What comes of the text when the line breaks is of no interest beside the status.
  const text = await readBody(response.body, EXPLANATION_BOUND_BYTES, heard).catch(() => null);
  return explain(status, new TextDecoder().decode(text?.bytes)) ?? said;
}
