import { connect, createServer, type Socket } from 'node:net';

/** A line to a server on this machine that carries no more than so many bytes a second, all connections together. */
export interface ThrottledLine extends AsyncDisposable {
  readonly port: number;
  /** What comes from the server from now on; `null`: as fast as it can. */
  limit(bytesPerSecond: number | null): void;
}

/** One turn of one connection: small, so that several at once share the line evenly. */
const TURN_BYTES = 16 * 1024;
/** What may gather while nothing is sent or this process is not given the processor: as a switch would hold it. */
const BUCKET_MS = 10;

/**
 * What a connection may hold here, as a router's queue does. With much less the kernel's own window closes now and then, and
 * opens again 200 ms later (loopback, Linux 6).
 */
const QUEUE_BYTES = 1024 * 1024;

/** A connection's way from the server to its client. */
interface Lane {
  readonly server: Socket;
  readonly client: Socket;
  readonly queue: Buffer[];
  queuedBytes: number;
  ended: boolean;
}

/** A bucket that fills with the clock. Timers that fire late lose nothing, up to the bucket's size. */
const createBucket = () => {
  const state = { bytesPerMs: Infinity, bytes: 0, filledAt: performance.now() };
  return {
    limit: (bytesPerSecond: number | null): void => {
      state.bytesPerMs = bytesPerSecond === null ? Infinity : bytesPerSecond / 1000;
      state.bytes = 0;
      state.filledAt = performance.now();
    },
    fill: (): number => {
      if (state.bytesPerMs === Infinity) return Infinity;
      const now = performance.now();
      const most = Math.max(state.bytesPerMs * BUCKET_MS, TURN_BYTES);
      state.bytes = Math.min(most, state.bytes + (now - state.filledAt) * state.bytesPerMs);
      state.filledAt = now;
      return state.bytes;
    },
    take: (bytes: number): void => {
      state.bytes -= bytes;
    },
  };
};

/** Bytes are passed on as they are, whatever they mean; only those from the server are counted. */
export const openThrottledLine = async (serverPort: number): Promise<ThrottledLine> => {
  const bucket = createBucket();
  const lanes = new Set<Lane>();
  const timer: { next: NodeJS.Timeout | null } = { next: null };

  /** Passes on one turn's bytes, as far as they are there and allowed; how many. */
  const turn = (lane: Lane): number => {
    const [first] = lane.queue;
    if (first === undefined || lane.client.writableNeedDrain) return 0;
    const bytes = first.subarray(0, TURN_BYTES);
    // A whole turn or the rest of a chunk: crumbs would cost a system call each.
    if (bucket.fill() < bytes.length) return 0;
    bucket.take(bytes.length);
    lane.client.write(bytes);
    lane.queuedBytes -= bytes.length;
    if (bytes.length === first.length) lane.queue.shift();
    else lane.queue[0] = first.subarray(bytes.length);
    if (lane.queuedBytes < QUEUE_BYTES) lane.server.resume();
    if (lane.ended && lane.queue.length === 0) lane.client.end();
    return bytes.length;
  };

  const pour = (): void => {
    for (let sent = 1; sent > 0;) {
      sent = 0;
      for (const lane of lanes) sent += turn(lane);
    }
    // Those whose client is full are poured on by its `drain`.
    const isWaiting = [...lanes].some(({ queue, client }) => queue.length > 0 && !client.writableNeedDrain);
    if (isWaiting) timer.next ??= setTimeout(pourLater, 1);
  };
  const pourLater = (): void => {
    timer.next = null;
    pour();
  };

  const line = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    const lane: Lane = { server, client, queue: [], queuedBytes: 0, ended: false };
    lanes.add(lane);
    client.pipe(server);
    server.on('data', (chunk) => {
      lane.queue.push(chunk);
      lane.queuedBytes += chunk.length;
      if (lane.queuedBytes >= QUEUE_BYTES) server.pause();
      pour();
    });
    client.on('drain', pour);
    server.once('end', () => {
      lane.ended = true;
      if (lane.queue.length === 0) client.end();
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.once('close', () => {
        // A server that is done closes before its client has everything.
        if (one === server && lane.ended) return;
        lanes.delete(lane);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const bound = line.address();
  if (bound === null || typeof bound === 'string') throw new Error('the line has no port');
  return {
    port: bound.port,
    limit: bucket.limit,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => line.close(resolve));
      for (const { client, server } of lanes) for (const socket of [client, server]) socket.destroy();
      await closed;
    },
  };
};
