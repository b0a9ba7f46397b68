import type { ServerResponse } from 'node:http';
import type * as v from 'valibot';
import { until } from '../until.ts';
import type { Ack, ControlKind } from './wire.ts';

/** The line on which the stand-in tells its open pages what to do: server-sent events one way, requests back. */
export interface PageLine {
  readonly accept: (response: ServerResponse) => void;
  readonly acknowledge: (ack: v.InferOutput<typeof Ack>) => void;
  /** Done when every open page has done it. Throws what a page answers it could not do. */
  readonly tell: (kind: ControlKind) => Promise<void>;
  readonly openPages: () => number;
  /** Waits until that many pages listen. */
  readonly whenOpen: (pages: number) => Promise<void>;
}

export const newPageLine = (): PageLine => {
  const pages = new Set<ServerResponse>();
  const waiting = new Map<number, (error?: string) => void>();
  const counter = { last: 0 };

  const tellOne = (page: ServerResponse, kind: ControlKind): Promise<string | undefined> =>
    new Promise((resolve) => {
      counter.last += 1;
      const id = counter.last;
      const done = (error?: string) => {
        waiting.delete(id);
        resolve(error);
      };
      waiting.set(id, done);
      page.once('close', () => done());
      page.write(`data: ${JSON.stringify({ id, kind })}\n\n`);
    });

  return {
    accept: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 200\n\n');
      pages.add(response);
      response.once('close', () => pages.delete(response));
    },
    acknowledge: ({ id, error }) => waiting.get(id)?.(error),
    tell: async (kind) => {
      const errors = await Promise.all([...pages].map((page) => tellOne(page, kind)));
      const failed = errors.find((error) => error !== undefined);
      if (failed !== undefined) throw new Error(`the page could not do "${kind}": ${failed}`);
    },
    openPages: () => pages.size,
    whenOpen: async (count) => {
      await until(`${count} open pages`, () => pages.size >= count, { timeoutMs: 15_000, intervalMs: 20 });
    },
  };
};
