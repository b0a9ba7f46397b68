import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** The same answer to whatever is asked. */
export const answer =
  (status: number, body: string | Uint8Array = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** The headers of a page that a login or a proxy puts in the place of what was asked for. */
export const html = { 'Content-Type': 'text/html; charset=UTF-8' };

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

/** A server that answers as it is told, until the test is over. */
export async function serve(fault: Answer): Promise<FaultyServer> {
  const server = await startFaultyServer((request, response) => fault(response, request));
  open.push(server);
  return server;
}
