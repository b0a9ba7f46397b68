import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

/** A line to a Jupyter server on this machine that can be made worse. `await using` ends it. */
export interface BrokenLine extends AsyncDisposable {
  readonly url: string;
  /** From now on answers to file requests come no faster, all of them together; `null`: as fast as they can. */
  limit(bytesPerSecond: number | null): void;
  /** The next answers with a file in them break off after that many bytes, with the status and length of a whole one. */
  cutNext(answers: number, afterBytes: number): void;
  /** Answers every request for files and folders with this status for so long. */
  answerWith(status: number, forMs: number): void;
  /** From now on it opens no kernel socket but those that ask for the protocol of the notebook's own page. */
  admitOnlyPages(): void;
  /** Bytes of files that went over the line. */
  readonly fileBytes: () => number;
  /** Paths of the files that were asked for, below `/files/`, one for each request. */
  readonly asked: () => readonly string[];
}

interface LineState {
  bytesPerSecond: number | null;
  cuts: number;
  cutAfter: number;
  status: number;
  /** Until then every answer has that status. */
  until: number;
  bytes: number;
  readonly asked: string[];
  onlyPages: boolean;
}

/** @param server Address of the real server, with its base URL. */
export const openBrokenLine = async (server: string): Promise<BrokenLine> => {
  const { port } = new URL(server);
  const state: LineState = {
    bytesPerSecond: null,
    cuts: 0,
    cutAfter: 0,
    status: 0,
    until: 0,
    bytes: 0,
    asked: [],
    onlyPages: false,
  };
  const sockets = new Set<Socket>();

  const pour = async (body: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> => {
    const cutAt = state.cuts > 0 ? state.cutAfter : Infinity;
    if (state.cuts > 0) state.cuts -= 1;
    let sent = 0;
    for await (const chunk of body) {
      const bytes = chunk.subarray(0, cutAt - sent);
      sent += bytes.length;
      state.bytes += bytes.length;
      if (!response.write(bytes)) await new Promise((resolve) => response.once('drain', resolve));
      if (sent >= cutAt) {
        response.destroy();
        return;
      }
      if (state.bytesPerSecond !== null) await after((bytes.length / state.bytesPerSecond) * 1000);
    }
    response.end();
  };

  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { url = '/', method = 'GET', headers } = request;
    const file = /\/files\/([^?]*)/.exec(url)?.[1];
    if (file !== undefined) state.asked.push(decodeURIComponent(file));
    const isFiles = /\/(?:files|api\/contents)\//.test(url);
    if (isFiles && Date.now() < state.until) {
      response.writeHead(state.status).end('not now');
      return;
    }
    const upstream = httpRequest({ host: '127.0.0.1', port, method, path: url, headers });
    upstream.once('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    upstream.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (url.includes('/files/')) pour(answer, response).catch(() => response.destroy());
      else answer.pipe(response);
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  };

  const line = createServer(pass);
  line.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (state.onlyPages && request.headers['sec-websocket-protocol'] === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(Number(port), '127.0.0.1', () => {
      const names = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
      upstream.write([`GET ${request.url ?? '/'} HTTP/1.1`, ...names, '', ''].join('\r\n'));
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.once('close', () => {
        other.destroy();
        sockets.delete(one);
      });
      one.on('error', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const bound = line.address();
  if (bound === null || typeof bound === 'string') throw new Error('the line has no port');
  return {
    url: server.replace(`:${port}`, `:${bound.port}`),
    limit: (bytesPerSecond) => {
      state.bytesPerSecond = bytesPerSecond;
    },
    cutNext: (answers, afterBytes) => {
      state.cuts = answers;
      state.cutAfter = afterBytes;
    },
    answerWith: (status, forMs) => {
      state.status = status;
      state.until = Date.now() + forMs;
    },
    admitOnlyPages: () => {
      state.onlyPages = true;
    },
    fileBytes: () => state.bytes,
    asked: () => state.asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      line.closeAllConnections();
      await new Promise((resolve) => line.close(resolve));
    },
  };
};
