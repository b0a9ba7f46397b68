import { createEventGatherer } from './event-gatherer.ts';
import { createQueue, createSortedQueue } from './event-queue.ts';
import { FORMAT_TABLE, LIVE_TABLE } from './format-table.ts';
import { createLineReader } from './line-reader.ts';
import type { LogEvent } from './log-event.ts';
import type { Announcement } from './log-format.ts';
import { sameWords } from './same-words.ts';
import { createSegmentReader, isSameProgress, SHORTEST_ANNOUNCEMENT } from './segment-announcements.ts';

/**
 * Reads a log in chunks, cut anywhere; memory is bounded and time linear, whatever the text. `end` gives out what was
 * still waiting for a further line and closes the log.
 */
export interface LogScanner {
  push(text: string): readonly LogEvent[];
  end(): readonly LogEvent[];
}

/**
 * - `live`: the log is being written. Every `push` also tells the newest progress of the unfinished line, once: several
 *   redraws of a bar in one chunk are one event, and so are lines of progress that follow each other with other numbers in
 *   the same words; the end of a bar's line tells nothing again. A run's start or end,
 *   printed over several lines, comes when its lines are complete or others follow, so it can come after events of
 *   later lines. What a cell shows beside its training (`LIVE_TABLE`) is told, too.
 * - `stored`: the log is complete. Only finished lines count, events come in the order of their lines, and how the
 *   text is cut makes no difference.
 */
export type LogScannerMode = 'live' | 'stored';

const READERS = { live: createSegmentReader(LIVE_TABLE), stored: createSegmentReader(FORMAT_TABLE) };
const unfinished = createSegmentReader(LIVE_TABLE.filter((format) => format.readsUnfinishedLines === true));

export function createLogScanner(mode: LogScannerMode = 'live'): LogScanner {
  const gatherer = createEventGatherer();
  const reader = READERS[mode];
  const queue = mode === 'live' ? createQueue() : createSortedQueue(gatherer);
  const context = { line: 0 };
  /** Newest progress of the current line: of several redraws only the last is told. */
  let held: Announcement | null = null;
  /** Newest redraw of the current line, not read yet: it would take the place of what is held. */
  let unread = '';
  let told: Announcement | null = null;
  /** The line before, when it told its progress and nothing else. */
  let progressLine = '';
  /** The newest of the lines that followed it in the same words, not read yet: another one would make it worthless. */
  let unreadLine = { text: '', line: 0 };

  const enterLine = (entered: number): void => {
    if (entered === context.line) return;
    context.line = entered;
    held = null;
    told = null;
  };

  const tellProgress = (progress: Announcement | null): void => {
    if (progress === null || isSameProgress(progress, told)) return;
    told = progress;
    queue.add(gatherer.add(progress, context.line, ''));
  };

  const read = (text: string): void => {
    const { progress, hasBar, others } = reader.read(text, context);
    for (const { announcement, format } of others)
      queue.add(gatherer.add(announcement, context.line, format));
    // A bar that is not of a training has taken the place of the one before it.
    if (progress !== null || hasBar) held = progress;
    progressLine = progress !== null && !hasBar && others.length === 0 ? text : '';
  };

  /** In its turn: before anything that could change how it is read. */
  const readUnread = (): void => {
    if (unread === '') return;
    const text = unread;
    unread = '';
    read(text);
  };

  const readUnreadLine = (): void => {
    const { text, line } = unreadLine;
    if (text === '') return;
    unreadLine = { text: '', line };
    enterLine(line);
    read(text);
    tellProgress(held);
  };

  const readClosed = (text: string, line: number, endsLine: boolean): void => {
    if (mode === 'live' && endsLine && line > context.line && sameWords(text, progressLine)) {
      unreadLine = { text, line };
      return;
    }
    readUnreadLine();
    enterLine(line);
    if (!endsLine && reader.isRedraw(text, context)) {
      unread = text;
      progressLine = '';
      return;
    }
    readUnread();
    read(text);
    if (endsLine) tellProgress(held);
    else progressLine = '';
  };

  const lines = createLineReader(readClosed, SHORTEST_ANNOUNCEMENT);

  const readPending = (): void => {
    readUnreadLine();
    enterLine(lines.line());
    const { progress, hasBar } = unfinished.read(lines.pending(), context);
    if (progress !== null || hasBar) return tellProgress(progress);
    readUnread();
    tellProgress(held);
  };

  return {
    push(text) {
      lines.push(text);
      if (mode === 'live') readPending();
      return queue.take();
    },
    end() {
      lines.end();
      readUnreadLine();
      queue.add(gatherer.end());
      return queue.take();
    },
  };
}

/** Events of a whole text, in the order of their lines. */
export function scanText(text: string): readonly LogEvent[] {
  const scanner = createLogScanner('stored');
  return [...scanner.push(text), ...scanner.end()];
}
