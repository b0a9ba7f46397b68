import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { ServerAddress } from './server-address.ts';

/** A real HTTP server on the loopback that answers as it is told, for the answers a good Jupyter server can't be made to give. */
export interface FaultyServer extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly requests: readonly { readonly url: string; readonly headers: IncomingMessage['headers'] }[];
}

export async function startFaultyServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FaultyServer> {
  const requests: { url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port');
  return {
    address: { origin: `http://127.0.0.1:${bound.port}`, basePath: '/' },
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
