import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { RuntimeFailure } from './failure.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { serverStartedAt } from './kernels.ts';

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answer =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

const hubSays = (path: string): string =>
  `{"message": "JupyterHub server no longer running at ${path}. Restart the server at http://h/hub/spawn/ada"}`;
const json = { 'Content-Type': 'application/json' };

/** As JupyterHub 6.1.1 answers for a server that does not run; what it says itself, below `/hub/`, is given. */
const hub =
  (prefix: string, itself: Answer): Answer =>
  (request, response) => {
    const url = request.url ?? '';
    if (url.startsWith(`${prefix}hub/user/`)) return itself(request, response);
    const Location = `${prefix}hub/${url.slice(prefix.length)}`;
    return void response.writeHead(302, { Location }).end();
  };

const ask = async (basePath: string, answers: Answer) => {
  const server = await startFaultyServer(answers);
  open.push(server);
  const reply = await serverStartedAt(
    { ...server.address, basePath },
    { token: 'secret', proof: { 'X-XSRFToken': 'also' } },
  );
  return { failure: reply.ok ? null : reply.failure, requests: server.requests };
};

describe('a server behind a hub', () => {
  test.each<[string, string, Answer, RuntimeFailure]>([
    [
      'that was stopped',
      '/user/ada/',
      hub('/', answer(424, hubSays('/user/ada/api/status'), json)),
      { kind: 'server-stopped' },
    ],
    [
      'that was stopped, of a hub with a prefix',
      '/jupyter/user/ada/',
      hub('/jupyter/', answer(424, hubSays('/user/ada/api/status'), json)),
      { kind: 'server-stopped' },
    ],
    [
      'that was stopped, with the status of JupyterHub 1',
      '/user/ada/',
      hub('/', answer(503, hubSays('/user/ada/api/status'), json)),
      { kind: 'server-stopped' },
    ],
    [
      'that was stopped, told without a detour',
      '/user/ada/',
      answer(424, hubSays('/user/ada/'), json),
      { kind: 'server-stopped' },
    ],
    [
      'of a user who is signed out of the hub',
      '/user/ada/',
      hub('/', answer(302, '', { Location: '/hub/login' })),
      { kind: 'signed-out' },
    ],
    ['of another user', '/user/ada/', hub('/', answer(404)), { kind: 'signed-out' }],
    ['whose hub is down', '/user/ada/', hub('/', answer(503, 'Service Unavailable')), { kind: 'signed-out' }],
  ])('%s', async (_, basePath, answers, failure) => {
    expect((await ask(basePath, answers)).failure).toEqual(failure);
  });

  test('the hub is not told what proves who we are to the server', async () => {
    const { requests } = await ask('/user/ada/', hub('/', answer(424)));
    expect(requests.map(({ url }) => url)).toEqual(['/user/ada/api/status', '/hub/user/ada/api/status']);
    expect(requests[0]?.headers).toMatchObject({ authorization: 'token secret', 'x-xsrftoken': 'also' });
    expect(requests[1]?.headers).not.toHaveProperty('authorization');
    expect(requests[1]?.headers).not.toHaveProperty('x-xsrftoken');
  });
});

test('where no hub can be, none is asked', async () => {
  const { failure, requests } = await ask('/jupyter/', answer(302, '', { Location: '/login' }));
  expect(failure).toEqual({ kind: 'signed-out' });
  expect(requests).toHaveLength(1);
});
