import type { LogContext } from './log-context.ts';
import type { LogEvent, LogEventKind } from './log-event.ts';
import type { TqdmBar } from './tqdm-bar.ts';

/**
 * How an announcement relates to the lines around it:
 *
 * - `whole`: says everything itself.
 * - `part`: one of several lines about the same thing (start banner and total, end banner and summary); they become
 *   one event at the line of the first.
 * - `rest`: completes a `part` before it and says nothing alone.
 * - `file`: one file of a checkpoint; an event only when the line that announces the checkpoint itself is absent.
 */
export type AnnouncementRole = 'whole' | 'part' | 'rest' | 'file';

/** `undefined` is as good as absent: one object for what was printed and what was not is quicker than several. */
type Said<Event> = { readonly [Key in keyof Event]?: Event[Key] | undefined };

/** What a format read in a line; absent fields were not printed. */
export interface Announcement extends Said<Omit<LogEvent, 'kind' | 'line'>> {
  readonly kind: LogEventKind;
  /** `whole` when absent. */
  readonly role?: AnnouncementRole;
  /** With the role `file`: the file, to tell the next save into the same folder from this one. */
  readonly file?: string;
}

/**
 * `null`: it is something else after all, other formats may know it. No announcement at all: it is known and announces
 * nothing, so no later format is asked about this message.
 */
export type Reading = Announcement | readonly Announcement[] | null;

/** Words that stand at the start of a message. */
export interface Phrase {
  /** Exact start of the message, not ''. */
  readonly start: string;
  /** The message begins with a number and `start` follows it (`numberFirst`). */
  readonly isAfterNumber?: boolean;
  /** A digit follows `start` at once, which spares the others being read. */
  readonly isBeforeNumber?: boolean;
  /** `read` gets the whole message. */
  readonly takesAll?: boolean;
  /**
   * Reads the rest of the message behind `start`, or all of it (`takesAll`). It is called for finished segments in their order, so it may keep
   * what later lines need (`remembers`); in a format that reads unfinished lines it may not, as those come twice.
   */
  readonly read: (rest: string, context: LogContext) => Reading;
}

/**
 * The words of one program. All formats share one dispatcher: a line costs the same however many formats there are.
 * Within a message the first phrase of a format that reads something is believed.
 */
export interface LogFormat {
  readonly name: string;
  /**
   * True when what it reads is closed by its own text (a bar's bracket), so half a line cannot be misread; such a
   * format has no memory.
   */
  readonly readsUnfinishedLines?: boolean;
  readonly phrases?: readonly Phrase[];
  /** Reads the newest bar of a segment. */
  readonly bar?: (bar: TqdmBar, context: LogContext) => Reading;
  /**
   * Whether a segment is nothing but the newest state of a bar that this format reads, so that a later one of the same
   * line makes it worthless. Never where it says anything besides progress or changes what is remembered.
   */
  readonly isRedraw?: (segment: string, context: LogContext) => boolean;
  /** What can stand anywhere in a segment; `literal` is a part of it that is rare in other lines. */
  readonly anywhere?: {
    readonly literal: string;
    /** Reads the segment as it would be seen, untrimmed. */
    readonly read: (text: string, context: LogContext) => Reading;
  };
  /** What people print in words of their own; asked only about messages that no phrase of any format knows. */
  readonly freeWords?: {
    /** Cheap test that nearly every line fails. */
    readonly mayRead: (printed: string) => boolean;
    /** Reads a message without the prefix of its logger, and as it was printed. */
    readonly read: (message: string, printed: string, context: LogContext) => Reading;
  };
}

export const phraseFormat = (name: string, phrases: readonly Phrase[]): LogFormat => ({ name, phrases });

/**
 * A phrase that begins with a whole number, which `after` follows exactly (`/` in `3/10`); `read` gets the whole message.
 */
export const numberFirst = (
  read: (message: string, context: LogContext) => Reading,
  after = '',
): readonly Phrase[] => [{ start: after, isAfterNumber: true, takesAll: true, read }];
