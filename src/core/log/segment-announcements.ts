import type { LogContext } from './log-context.ts';
import type { Announcement, LogFormat, Reading } from './log-format.ts';
import { createLiterals } from './literals.ts';
import { withoutLogPrefix } from './log-prefix.ts';
import { createPhraseTree } from './phrase-tree.ts';
import { splitBars, type TqdmBar } from './tqdm-bar.ts';

/** What the formats read in one segment. */
export interface SegmentAnnouncements {
  /** All that the segment says of the progress, in one; `null` when it says nothing. */
  readonly progress: Announcement | null;
  /** The segment draws a bar, of whatever kind. */
  readonly hasBar: boolean;
  readonly others: readonly { readonly announcement: Announcement; readonly format: string }[];
}

export interface SegmentReader {
  read(segment: string, context: LogContext): SegmentAnnouncements;
  /**
   * True when the segment is nothing but a bar's state of the moment: another one of the same line that follows makes it
   * worthless, so it need not be read at once, nor at all.
   */
  isRedraw(segment: string, context: LogContext): boolean;
}

/** `保存模型`; spinners and dots printed by the million are shorter. */
export const SHORTEST_ANNOUNCEMENT = 4;
const NONE: SegmentAnnouncements['others'] = [];
const SILENT: SegmentAnnouncements = { progress: null, hasBar: false, others: NONE };

/** What one format read in one message. */
interface Found {
  readonly formatIndex: number;
  readonly reading: Announcement | readonly Announcement[];
}

/** Stands for a list until there is something to be put in: most segments say nothing. */
const NOTHING: Found[] = [];

/** Reads segments by all the formats at once; the order of the formats says which is believed. */
export function createSegmentReader(formats: readonly LogFormat[]): SegmentReader {
  const tree = createPhraseTree(formats);
  const anywhere = createLiterals(formats);
  const barFormats = formats.flatMap(({ bar }, formatIndex) => (bar ? [{ read: bar, formatIndex }] : []));
  const redraws = formats.flatMap(({ isRedraw }) => isRedraw ?? []);
  const freeWords = formats.flatMap((format, formatIndex) =>
    format.freeWords === undefined ? [] : [{ ...format.freeWords, formatIndex }],
  );
  /** In the segment that is being read. */
  let found = NOTHING;

  const note = (formatIndex: number, reading: Reading): void => {
    if (reading === null) return;
    if (found === NOTHING) found = [{ formatIndex, reading }];
    else found.push({ formatIndex, reading });
  };

  const readMessage = (printed: string, context: LogContext): void => {
    const message = withoutLogPrefix(printed);
    const before = found.length;
    let answered = -1;
    for (const { phrase, formatIndex } of tree.find(message)) {
      if (formatIndex === answered) continue;
      const rest = phrase.takesAll === true ? message : message.slice(phrase.start.length);
      const reading = phrase.read(rest, context);
      if (reading === null) continue;
      note(formatIndex, reading);
      if (isNothing(reading)) return;
      answered = formatIndex;
    }
    if (found.length > before) return;
    for (const { mayRead, read, formatIndex } of freeWords) {
      if (mayRead(printed)) note(formatIndex, read(message, printed, context));
    }
  };

  /** Without a percent sign there is no bar, and the whole segment is one message. */
  const readMessages = (segment: string, context: LogContext): TqdmBar | null => {
    if (!segment.includes('%')) {
      readMessage(segment, context);
      return null;
    }
    const { bar, messages } = splitBars(segment);
    for (const message of messages) readMessage(message, context);
    return bar;
  };

  return {
    read(segment, context) {
      if (segment.length < SHORTEST_ANNOUNCEMENT) return SILENT;
      found = NOTHING;
      const bar = readMessages(segment, context);
      for (const { read, formatIndex } of anywhere.find(segment)) note(formatIndex, read(segment, context));
      if (bar !== null) {
        for (const { read, formatIndex } of barFormats) note(formatIndex, read(bar, context));
      }
      return found === NOTHING && bar === null ? SILENT : weigh(found, bar !== null, formats);
    },
    isRedraw: (segment, context) =>
      redraws.some((isRedraw) => isRedraw(segment, context)) && anywhere.find(segment).length === 0,
  };
}

const isList = (reading: Announcement | readonly Announcement[]): reading is readonly Announcement[] =>
  Array.isArray(reading);

const isNothing = (reading: Announcement | readonly Announcement[]): boolean =>
  isList(reading) && reading.length === 0;

/** A kind a more specific format has announced is the same event in more general words. */
function weigh(
  found: readonly Found[],
  hasBar: boolean,
  formats: readonly LogFormat[],
): SegmentAnnouncements {
  const only = found.length === 1 ? found[0]?.reading : undefined;
  // Nearly all that is said of a training is its progress.
  if (only !== undefined && !isList(only) && only.kind === 'progress')
    return { progress: only, hasBar, others: NONE };
  let progress: Announcement | null = null;
  const others: { announcement: Announcement; format: string; formatIndex: number }[] = [];
  for (const { reading, formatIndex } of inOrder(found)) {
    for (const announcement of isList(reading) ? reading : [reading]) {
      const isKnown = others.some(
        (other) => other.formatIndex !== formatIndex && other.announcement.kind === announcement.kind,
      );
      if (isKnown) continue;
      if (announcement.kind === 'progress') progress = withMissing(progress, announcement);
      else others.push({ announcement, format: formats[formatIndex]?.name ?? '', formatIndex });
    }
  }
  return { progress, hasBar, others };
}

/** Several messages were read one after the other, each in the order of the table. */
function inOrder(found: readonly Found[]): readonly Found[] {
  let last = -1;
  for (const { formatIndex } of found) {
    if (formatIndex < last) return found.toSorted((a, b) => a.formatIndex - b.formatIndex);
    last = formatIndex;
  }
  return found;
}

/** Whether two announcements say the same of the progress; the pace changes at every redraw and says nothing new. */
export function isSameProgress(a: Announcement, b: Announcement | null): boolean {
  return (
    b !== null &&
    (a.step ?? null) === (b.step ?? null) &&
    (a.epoch ?? null) === (b.epoch ?? null) &&
    (a.total ?? null) === (b.total ?? null) &&
    a.loss === b.loss &&
    a.skipping?.done === b.skipping?.done
  );
}

function withMissing(progress: Announcement | null, added: Announcement): Announcement {
  if (progress === null) return added;
  return {
    kind: 'progress',
    path: progress.path ?? added.path,
    step: progress.step ?? added.step,
    epoch: progress.epoch ?? added.epoch,
    total: progress.total ?? added.total,
    loss: progress.loss ?? added.loss,
    stepsPerSecond: progress.stepsPerSecond ?? added.stepsPerSecond,
    skipping: progress.skipping ?? added.skipping,
  };
}
