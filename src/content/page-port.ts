import * as v from 'valibot';
import { CHANNEL_TAG, channelRequestSchema, fromPageSchema, type ToPage } from '../protocol/page-channel.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';
import { pageEventSchema, type PageEvent } from '../protocol/page-event.ts';

/** A page that does not answer a command within this time is taken to be stuck. */
const ANSWER_MS = 10_000;

export interface PagePort {
  execute(command: PageCommand): Promise<PageCommandReply>;
}

/** The content script's end of the line to the page's world. Everything that comes from there is checked first. */
export const createPagePort = (page: Window, receive: (events: PageEvent[]) => void): PagePort => {
  const waiting = new Map<number, (reply: PageCommandReply) => void>();
  const state: { port: MessagePort | null; nextId: number } = { port: null, nextId: 1 };

  const offer = (): void => {
    const channel = new MessageChannel();
    state.port?.close();
    state.port = channel.port1;
    channel.port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const parsed = v.safeParse(fromPageSchema, data);
      if (!parsed.success) return;
      if (parsed.output.kind === 'events') return receive(parsed.output.events.filter(isPageEvent));
      waiting.get(parsed.output.id)?.(parsed.output.reply);
      waiting.delete(parsed.output.id);
    });
    channel.port1.start();
    page.postMessage({ tag: CHANNEL_TAG, want: 'none' }, page.location.origin, [channel.port2]);
  };

  page.addEventListener('message', (event) => {
    if (event.source !== page || !v.is(channelRequestSchema, event.data)) return;
    event.stopImmediatePropagation();
    offer();
  });

  return {
    execute(command) {
      const { port } = state;
      if (port === null) return Promise.resolve({ kind: 'failed', reason: 'no-answer' });
      const id = state.nextId++;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve({ kind: 'failed', reason: 'no-answer' });
        }, ANSWER_MS);
        waiting.set(id, (reply) => {
          clearTimeout(timer);
          resolve(reply);
        });
        const message: ToPage = { kind: 'command', id, command };
        port.postMessage(message);
      });
    },
  };
};

const isPageEvent = (value: unknown): value is PageEvent => v.is(pageEventSchema, value);
