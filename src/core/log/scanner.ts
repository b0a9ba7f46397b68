import { createEventGatherer } from './event-gatherer.ts';
import { createQueue, createSortedQueue } from './event-queue.ts';
import { FORMAT_TABLE, LIVE_TABLE } from './format-table.ts';
import { createLineReader, type LineSegment } from './line-reader.ts';
import type { LogEvent } from './log-event.ts';
import type { Announcement } from './log-format.ts';
import { createSegmentReader, isSameProgress } from './segment-announcements.ts';

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
 *   redraws of a bar in one chunk are one event, and the end of its line tells nothing again. A run's start or end,
 *   printed over several lines, comes when its lines are complete or others follow, so it can come after events of
 *   later lines. What a cell shows beside its training (`LIVE_TABLE`) is told, too.
 * - `stored`: the log is complete. Only finished lines count, events come in the order of their lines, and how the
 *   text is cut makes no difference.
 */
export type LogScannerMode = 'live' | 'stored';

/** Larger chunks are read in slices, so that the list of their segments stays small. */
const SLICE_LENGTH = 64 * 1024;
const READERS = { live: createSegmentReader(LIVE_TABLE), stored: createSegmentReader(FORMAT_TABLE) };
const readUnfinished = createSegmentReader(
  LIVE_TABLE.filter((format) => format.readsUnfinishedLines === true),
);

export function createLogScanner(mode: LogScannerMode = 'live'): LogScanner {
  const reader = createLineReader();
  const gatherer = createEventGatherer();
  const readSegment = READERS[mode];
  const queue = mode === 'live' ? createQueue() : createSortedQueue(gatherer);
  const context = { line: 0 };
  /** Newest progress of the current line: of several redraws only the last is told. */
  let held: Announcement | null = null;
  let told: Announcement | null = null;

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

  const readClosed = (segment: LineSegment): void => {
    enterLine(segment.line);
    const { progress, hasBar, others } = readSegment(segment.text, context);
    for (const { announcement, format } of others)
      queue.add(gatherer.add(announcement, context.line, format));
    // A bar that is not of a training has taken the place of the one before it.
    if (progress !== null || hasBar) held = progress;
    if (segment.endsLine) tellProgress(held);
  };

  const readPending = (): void => {
    const pending = reader.pending();
    enterLine(pending.line);
    const { progress, hasBar } = readUnfinished(pending.text, context);
    tellProgress(hasBar ? progress : (progress ?? held));
  };

  return {
    push(text) {
      for (let at = 0; at < text.length; at += SLICE_LENGTH) {
        for (const segment of reader.push(text.slice(at, at + SLICE_LENGTH))) readClosed(segment);
      }
      if (mode === 'live') readPending();
      return queue.take();
    },
    end() {
      for (const segment of reader.end()) readClosed(segment);
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
