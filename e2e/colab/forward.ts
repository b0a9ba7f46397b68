import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { Machine } from './machine.ts';

export interface Forwarding {
  /** Path and query for the machine's Jupyter server. */
  readonly path: string;
  /** Put before JSON answers. */
  readonly prefix: string;
  /** Added to the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Passes a request on to a machine's Jupyter server, as that server's own user. */
export const forward = (
  request: IncomingMessage,
  response: ServerResponse,
  machine: Machine,
  { path, prefix, headers }: Forwarding,
): void => {
  const upstream = httpRequest({
    host: '127.0.0.1',
    port: machine.port,
    method: request.method ?? 'GET',
    path,
    headers: { ...passedOn(request), authorization: `token ${machine.serverToken}` },
  });
  upstream.once('response', (answer) => {
    // A file is given out as it is, also one that holds JSON.
    const isJson =
      path.startsWith('/api/') && (answer.headers['content-type'] ?? '').startsWith('application/json');
    const prefixed = prefix !== '' && isJson && request.method !== 'HEAD';
    response.writeHead(answer.statusCode ?? 502, {
      ...passedBack(answer, prefixed),
      ...fileSize(answer),
      ...headers,
    });
    if (prefixed) response.write(prefix);
    answer.pipe(response);
  });
  upstream.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, headers).end();
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
};

/** The rest is between the browser and the proxy: the server has no business with cookies, origins and tokens. */
const requestHeaders = ['accept', 'content-type', 'content-length', 'range', 'if-range', 'if-modified-since'];

const passedOn = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => requestHeaders.includes(name)));

const ownHeaders =
  /^(access-control-|set-cookie$|connection$|keep-alive$|transfer-encoding$|server$|content-security-policy$)/;

const passedBack = ({ headers }: IncomingMessage, lengthChanges: boolean): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !ownHeaders.test(name) && !(lengthChanges && name === 'content-length'),
    ),
  );

/** The whole file's size beside a part of it, as a client of 2026 saw it. */
const fileSize = ({ headers }: IncomingMessage): OutgoingHttpHeaders => {
  const size = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return size === undefined ? {} : { 'x-file-size': size };
};
