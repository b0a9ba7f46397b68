import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { createShownTextReader, type ShownTextReader } from '../core/log/shown-text.ts';
import { tableSighting } from '../core/log/table-sighting.ts';
import { observeOutput } from '../platforms/colab/observe-output.ts';
import { shownOutput } from '../platforms/colab/shown-output.ts';
import { frameReplySchema, type FrameMessage } from '../protocol/frame-message.ts';

/**
 * In an output frame of Colab, which holds what one cell shows. Reads it as it is drawn, for pages whose kernel is not
 * heard, and stops at the first word that it is not needed.
 */
const watchFrame = (body: Element): void => {
  const state = { table: '', error: '' };
  const readers: ShownTextReader[] = [];
  const lifetime = new AbortController();

  const news = (): FrameMessage | null => {
    const { texts, table, error } = shownOutput(body);
    const events = texts.flatMap((text, index) => {
      const reader = readers[index] ?? createShownTextReader();
      readers[index] = reader;
      return reader.read(text);
    });
    const sighting = table === state.table ? null : tableSighting(table);
    const newError = error === null || error === state.error ? null : error;
    state.table = table;
    state.error = error ?? '';
    if (events.length === 0 && sighting === null && newError === null) return null;
    return { kind: 'frame-output', events: events.slice(-200), table: sighting, error: newError };
  };
  const tell = async (): Promise<void> => {
    const message = news();
    if (message === null) return;
    try {
      const reply = v.safeParse(frameReplySchema, await browser.runtime.sendMessage(message));
      if (reply.success && !reply.output.read) lifetime.abort();
    } catch {
      // No receiver for a moment: the background restarts, or the extension was taken away.
    }
  };
  observeOutput(body, () => void tell(), lifetime.signal);
};

const body = document.querySelector('#output-body');
if (body !== null) watchFrame(body);
