import type { IncomingMessage } from 'node:http';
import type { Asker, RecordedRequest } from './record.ts';
import type { World } from './world.ts';

/** Where a request goes. */
export interface Asked {
  readonly host: string;
  readonly url: URL;
}

export const askedOf = (request: IncomingMessage): Asked => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return { host, url: new URL(request.url ?? '/', `https://${host === '' ? 'localhost' : host}`) };
};

/** The page names its session in all it asks of the proxy, and nobody else knows that session. */
export const askerOf = (url: URL, world: World): Asker => {
  const session = url.searchParams.get('session_id');
  return session !== null && session === world.machine()?.pageSession ? 'page' : 'other';
};

/** Notes a request, unless it is the stand-in's talk with its own page. Answers a function for the status. */
export const noteRequest = (
  world: World,
  request: IncomingMessage,
  { host, url }: Asked,
  socket: boolean,
): ((status: number) => void) => {
  const isOwnTalk = host === 'localhost' || /^\/(?:stand-in\/|favicon\.ico$)/.test(url.pathname);
  if (isOwnTalk) return () => undefined;
  const isDocument = ['document', 'iframe'].includes(String(request.headers['sec-fetch-dest']));
  const noted: RecordedRequest = {
    at: Date.now(),
    by: isDocument ? 'page' : askerOf(url, world),
    method: request.method ?? 'GET',
    host,
    path: url.pathname,
    socket,
    origin: request.headers.origin ?? null,
    status: null,
  };
  world.record.requests.push(noted);
  return (status) => {
    noted.status = status;
  };
};
