import * as v from 'valibot';
import { CHANNEL_TAG, channelOfferSchema, toPageSchema, type FromPage } from '../protocol/page-channel.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';
import type { PageEvent } from '../protocol/page-event.ts';

export interface PageLine {
  sendEvents(events: readonly PageEvent[]): void;
}

/**
 * The page's end of the line to the content script. Both scripts start before the page; whichever is first, the content
 * script hands over one end of a message channel, and from then on the page's own listeners see nothing of ours.
 */
export const openPageLine = (
  page: Window,
  connected: (line: PageLine) => void,
  execute: (command: PageCommand) => Promise<PageCommandReply>,
): void => {
  page.addEventListener('message', function onMessage(event) {
    const port = event.ports[0];
    if (event.source !== page || port === undefined || !v.is(channelOfferSchema, event.data)) return;
    event.stopImmediatePropagation();
    page.removeEventListener('message', onMessage);
    const send = (message: FromPage): void => port.postMessage(message);
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const parsed = v.safeParse(toPageSchema, data);
      if (!parsed.success) return;
      const { id, command } = parsed.output;
      execute(command)
        .catch((): PageCommandReply => ({ kind: 'failed', reason: 'page-error' }))
        .then((reply) => send({ kind: 'reply', id, reply }))
        .catch(() => undefined);
    });
    port.start();
    connected({ sendEvents: (events) => send({ kind: 'events', events: [...events] }) });
  });
  page.postMessage({ tag: CHANNEL_TAG, want: 'port' }, page.location.origin);
};
