import { createSegmentBuffer } from './segment-buffer.ts';
import { createTerminalDecoder } from './terminal-text.ts';

/**
 * A stretch of one line that will not change any more: the text between two carriage returns, or the whole line where
 * there are none. Colours are gone and backspaces applied.
 */
export interface LineSegment {
  /** Line it stands on, counted from 0 over `\n`. */
  readonly line: number;
  readonly text: string;
  /** The line is over; its last segment may be empty (`…\r\n`). */
  readonly endsLine: boolean;
}

/**
 * Cuts streamed terminal output into segments, however the stream is cut into chunks. A segment is handed out as soon
 * as it is closed by `\r` or `\n`, so a bar redrawn for hours without `\n` does not pile up; blank lines are counted
 * but not handed out. At most 64 Ki characters of an endless segment are kept (its start and its newest end).
 */
export interface LineReader {
  push(chunk: string): readonly LineSegment[];
  /** Where the unfinished segment stands and its newest characters: a live bar never ends with `\n`. */
  pending(): { readonly line: number; readonly text: string };
  /** Ends the text: the unfinished line becomes a finished one. */
  end(): readonly LineSegment[];
}

const HEAD_LIMIT = 32 * 1024;
const TAIL_LIMIT = 32 * 1024;
/** The longest bar worth reading live; a peek must stay cheap because it happens at every chunk. */
const PENDING_LIMIT = 4096;

export function createLineReader(): LineReader {
  const decoder = createTerminalDecoder();
  const buffer = createSegmentBuffer(HEAD_LIMIT, TAIL_LIMIT);
  let line = 0;
  let lineHasSegments = false;
  let closed: LineSegment[] = [];

  const closeSegment = (endsLine: boolean): void => {
    if (!buffer.isEmpty() || (endsLine && lineHasSegments)) {
      closed.push({ line, text: buffer.take(), endsLine });
      lineHasSegments = true;
    }
    if (endsLine) {
      line += 1;
      lineHasSegments = false;
    }
  };

  const sink = {
    write: (text: string) => buffer.append(text),
    backspace: (count: number) => buffer.erase(count),
    carriageReturn: () => closeSegment(false),
    newline: () => closeSegment(true),
  };

  const takeClosed = (): readonly LineSegment[] => {
    const taken = closed;
    closed = [];
    return taken;
  };

  return {
    push(chunk) {
      decoder.decode(chunk, sink);
      return takeClosed();
    },
    pending: () => ({ line, text: buffer.newest(PENDING_LIMIT) }),
    end() {
      closeSegment(true);
      return takeClosed();
    },
  };
}
