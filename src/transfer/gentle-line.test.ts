import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Result } from '../core/result.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { readPart } from '../runtime/read-file.ts';
import { startFaultyServer, type FaultyServer } from '../runtime/faulty-server.ts';
import { gentleLine } from './gentle-line.ts';
import { openLine, type Line } from './line.ts';

const KB = 1000;
const ENTRY = {
  name: 'checkpoint-100',
  path: 'outputs/checkpoint-100',
  type: 'directory',
  size: null,
  last_modified: '2026-08-14T03:12:40Z',
};

interface Counted extends FaultyServer {
  /** Most file requests that were answered at once. */
  readonly mostAtOnce: () => number;
  readonly probes: () => number;
}

/** Files are as large as their name says; a question about the folder takes as long as `probeMs` says. */
const startServer = async (probeMs: (probe: number) => number): Promise<Counted> => {
  const seen = { now: 0, most: 0, probes: 0 };
  const server = await startFaultyServer((request, response: ServerResponse) => {
    if (!(request.url ?? '').includes('/files/')) {
      seen.probes += 1;
      setTimeout(() => response.end(JSON.stringify(ENTRY)), probeMs(seen.probes));
      return;
    }
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    response.once('close', () => void (seen.now -= 1));
    const size = Number(/(\d+)$/.exec(request.url ?? '')?.[1]);
    response.writeHead(200, { 'Content-Length': size, 'Content-Type': 'application/octet-stream' });
    for (let at = 0; at < size; at += 20 * KB) response.write(Buffer.alloc(Math.min(20 * KB, size - at)));
    response.end();
  });
  return { ...server, mostAtOnce: () => seen.most, probes: () => seen.probes };
};

const lineTo = (server: FaultyServer, limit: number | null, stopping = new AbortController()): Line =>
  gentleLine(
    openLine({
      server: { address: server.address, access: {} },
      signal: stopping.signal,
      renew: async () => null,
      onTryingAgain: () => undefined,
    }),
    { limit, folder: 'outputs/checkpoint-100', signal: stopping.signal },
  );

const read = (line: Line, bytes: number): Promise<Result<unknown, ServerTrouble>> =>
  line.ask(({ address, access }) =>
    readPart(
      address,
      { path: `file-${bytes}`, from: 0, to: bytes, sizeBytes: bytes, lastModified: null },
      () => undefined,
      access,
    ),
  );

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
};

describe('a line for what may wait', () => {
  it('has one question under way, and asks how quick the server is before the first byte', async () => {
    await using server = await startServer(() => 0);
    const line = lineTo(server, null);
    const all = await Promise.all([1, 2, 3, 4].map(() => read(line, 100 * KB)));
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(server.mostAtOnce()).toBe(1);
    expect(server.requests[0]?.url).toContain('/api/contents/outputs/checkpoint-100');
    expect(server.probes(), 'about once a second').toBe(1);
  });

  it('keeps to the limit within a part, not only between two', async () => {
    await using server = await startServer(() => 0);
    const line = lineTo(server, 500 * KB);
    const ms = await timed(() => read(line, 400 * KB));
    expect(ms).toBeGreaterThan(700);
    expect(ms).toBeLessThan(2000);
  });

  it('goes slowly once the server answers slowly', async () => {
    await using server = await startServer((probe) => (probe === 1 ? 0 : 1200));
    const line = lineTo(server, null);
    const quick = await timed(() => read(line, 100 * KB));
    await new Promise((resolve) => setTimeout(resolve, 1050));
    const slow = await timed(() => read(line, 100 * KB));
    expect(quick).toBeLessThan(300);
    expect(slow - 1200).toBeGreaterThan(600);
  });

  it('a question that fails does not keep the next one from being asked', async () => {
    await using server = await startServer(() => 0);
    const line = lineTo(server, null);
    const broken = line.ask(async () => ({ ok: false, failure: { kind: 'conflict' } }));
    expect(await broken).toMatchObject({ ok: false });
    expect(await read(line, 10 * KB)).toMatchObject({ ok: true });
  });

  it('stops in the midst of a rest', async () => {
    await using server = await startServer(() => 0);
    const stopping = new AbortController();
    const line = lineTo(server, 10 * KB, stopping);
    setTimeout(() => stopping.abort(), 200);
    const ms = await timed(() => read(line, 400 * KB));
    expect(ms).toBeLessThan(2000);
  });
});
