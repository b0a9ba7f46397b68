import type { LogEvent, LogEventKind } from './log-event.ts';
import type { BarsAndMessages } from './tqdm-bar.ts';

/** One segment of a log line, prepared once for all formats. */
export interface LogText extends BarsAndMessages {
  /** The segment as it would be seen, untrimmed. */
  readonly text: string;
  /** Texts around the bars, without logger prefixes, trimmed: what a format anchors its phrases to. */
  readonly messages: readonly string[];
}

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

/** What a format read in a line; absent fields were not printed. */
export interface Announcement extends Partial<Omit<LogEvent, 'kind' | 'line'>> {
  readonly kind: LogEventKind;
  /** `whole` when absent. */
  readonly role?: AnnouncementRole;
  /** With the role `file`: the file, to tell the next save into the same folder from this one. */
  readonly file?: string;
}

/** The phrases of one program. */
export interface LogFormat {
  readonly name: string;
  /** True when what it reads is closed by its own text (a bar's bracket), so half a line cannot be misread. */
  readonly readsUnfinishedLines?: boolean;
  read(text: LogText): readonly Announcement[];
}

/** What most formats read in most lines. */
export const NOTHING: readonly Announcement[] = [];

/** A format made of phrases that each stand at the start of a message. */
export interface Phrase {
  /** Exact start of the message. */
  readonly start: string;
  /** Reads the rest of the message behind `start`; `null` when it is something else after all. */
  readonly read: (rest: string) => Announcement | readonly Announcement[] | null;
}

export function phraseFormat(name: string, phrases: readonly Phrase[]): LogFormat {
  // Nearly every line of a log starts like no phrase at all, so that is found out first.
  const byFirstCharacter = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const first = phrase.start.charAt(0);
    byFirstCharacter.set(first, [...(byFirstCharacter.get(first) ?? []), phrase]);
  }
  return {
    name,
    read({ messages }) {
      let announcements = NOTHING;
      for (const message of messages) {
        for (const { start, read } of byFirstCharacter.get(message.charAt(0)) ?? []) {
          const found = message.startsWith(start) ? read(message.slice(start.length)) : null;
          if (found === null) continue;
          announcements = announcements.concat(found);
          break;
        }
      }
      return announcements;
    },
  };
}
