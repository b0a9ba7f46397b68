import { createSegmentBuffer } from './segment-buffer.ts';
import { createTerminalDecoder, type TerminalSink } from './terminal-text.ts';

/**
 * Takes a stretch of one line that will not change any more: the text between two carriage returns, or the whole line
 * where there are none. Colours are gone and backspaces applied.
 *
 * @param line Line it stands on, counted from 0 over `\n`.
 * @param endsLine The line is over; its last segment may be empty (`…\r\n`).
 */
export type SegmentSink = (text: string, line: number, endsLine: boolean) => void;

/**
 * Cuts streamed terminal output into segments, however the stream is cut into chunks. A segment is handed out as soon
 * as it is closed by `\r` or `\n`, so a bar redrawn for hours without `\n` does not pile up; blank lines are counted
 * but not handed out. At most 64 Ki characters of an endless segment are kept (its start and its newest end).
 */
export interface LineReader {
  push(chunk: string): void;
  /** Line of the unfinished segment. */
  line(): number;
  /** The newest characters of the unfinished segment: a live bar never ends with `\n`. */
  pending(): string;
  /** Ends the text: the unfinished line becomes a finished one. */
  end(): void;
}

const HEAD_LIMIT = 32 * 1024;
const TAIL_LIMIT = 32 * 1024;
/** The longest bar worth reading live; a peek must stay cheap because it happens at every chunk. */
const PENDING_LIMIT = 4096;

/** @param shortest Segments of fewer characters are not cut out: only the end of their line is handed out, as ''. */
export function createLineReader(take: SegmentSink, shortest = 0): LineReader {
  const decoder = createTerminalDecoder();
  /** What came in several pieces. */
  const buffer = createSegmentBuffer(HEAD_LIMIT, TAIL_LIMIT);
  /** Where the segment stands in its chunk, while it is of one piece: so most are, and are cut out once. */
  let source = '';
  let from = 0;
  let to = 0;
  let line = 0;
  let lineHasSegments = false;

  const closeSegment = (endsLine: boolean): void => {
    const length = to - from;
    if (length > 0 || !buffer.isEmpty()) {
      lineHasSegments = true;
      const text = length === 0 ? buffer.take() : length < shortest ? '' : source.slice(from, to);
      from = to;
      if (endsLine || text.length >= shortest) take(text, line, endsLine);
    } else if (endsLine && lineHasSegments) take('', line, true);
  };

  const sink: TerminalSink = {
    write(chunk, start, end) {
      if (from === to && end - start <= HEAD_LIMIT && buffer.isEmpty()) {
        source = chunk;
        from = start;
        to = end;
        return;
      }
      if (from < to) buffer.append(source.slice(from, to));
      from = to;
      buffer.append(chunk.slice(start, end));
    },
    backspace(count) {
      if (from < to) to = Math.max(from, to - count);
      else buffer.erase(count);
    },
    carriageReturn: () => closeSegment(false),
    newlines(count) {
      closeSegment(true);
      lineHasSegments = false;
      line += count;
    },
  };

  return {
    push: (chunk) => decoder.decode(chunk, sink),
    line: () => line,
    pending: () =>
      from < to ? source.slice(Math.max(from, to - PENDING_LIMIT), to) : buffer.newest(PENDING_LIMIT),
    end: () => closeSegment(true),
  };
}
