import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import {
  contentReplySchema,
  tabMessageSchema,
  type ContentMessage,
  type TabMessage,
} from '../protocol/background-message.ts';
import type { PageCommand, PageCommandReply } from '../protocol/page-command.ts';

export interface BackgroundLine {
  send(message: ContentMessage): void;
  onCommand(
    execute: (command: PageCommand) => Promise<PageCommandReply>,
    toast: (toast: Extract<TabMessage, { kind: 'toast' }>['toast']) => void,
  ): void;
}

/**
 * The line to the background. Messages go out one after another, so that they arrive in the order in which things
 * happened; the answer says whether and how often the background wants a tick. When the extension was updated or taken
 * away under the page, the line goes quiet and the lifetime ends.
 */
export const createBackgroundLine = (lifetime: AbortController): BackgroundLine => {
  const state: { last: Promise<void>; timer: ReturnType<typeof setInterval> | null; tickMs: number | null } =
    {
      last: Promise.resolve(),
      timer: null,
      tickMs: null,
    };

  const setTick = (tickMs: number | null): void => {
    if (tickMs === state.tickMs) return;
    if (state.timer !== null) clearInterval(state.timer);
    state.tickMs = tickMs;
    state.timer = tickMs === null ? null : setInterval(() => send({ kind: 'tick' }), tickMs);
  };
  const end = (): void => {
    setTick(null);
    lifetime.abort();
  };
  const deliver = async (before: Promise<void>, message: ContentMessage): Promise<void> => {
    await before;
    try {
      const reply: unknown = await browser.runtime.sendMessage(message);
      const parsed = v.safeParse(contentReplySchema, reply);
      if (parsed.success && !lifetime.signal.aborted) setTick(parsed.output.tickMs);
    } catch {
      // No receiver for a moment is normal (the background restarts); no runtime id means that we were taken away.
      if (!isAlive()) end();
    }
  };
  const send = (message: ContentMessage): void => {
    if (!lifetime.signal.aborted) state.last = deliver(state.last, message);
  };

  return {
    send,
    onCommand(execute, toast) {
      browser.runtime.onMessage.addListener((message: unknown) => {
        const parsed = v.safeParse(tabMessageSchema, message);
        if (!parsed.success) return undefined;
        if (parsed.output.kind === 'page-command') return execute(parsed.output.command);
        toast(parsed.output.toast);
        return undefined;
      });
    },
  };
};

const isAlive = (): boolean => {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
};
