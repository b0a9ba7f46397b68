import type { LogContext } from './log-context.ts';
import type { Announcement, LogFormat, Reading } from './log-format.ts';
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

export type SegmentReader = (segment: string, context: LogContext) => SegmentAnnouncements;

/** `保存模型`; spinners and dots printed by the million are shorter. */
const SHORTEST_ANNOUNCEMENT = 4;
const NONE: SegmentAnnouncements['others'] = [];
const SILENT: SegmentAnnouncements = { progress: null, hasBar: false, others: [] };

interface Found {
  readonly formatIndex: number;
  readonly announcements: readonly Announcement[];
}

/** Reads segments by all the formats at once; the order of the formats says which is believed. */
export function createSegmentReader(formats: readonly LogFormat[]): SegmentReader {
  const tree = createPhraseTree(formats);
  const barFormats = formats.flatMap(({ bar }, formatIndex) => (bar ? [{ read: bar, formatIndex }] : []));
  const anywhere = formats.flatMap((format, formatIndex) =>
    format.anywhere === undefined ? [] : [{ ...format.anywhere, formatIndex }],
  );

  const anyLiteral = alternatives(anywhere.map(({ literal }) => literal));
  const freeWords = formats.flatMap((format, formatIndex) =>
    format.freeWords === undefined ? [] : [{ ...format.freeWords, formatIndex }],
  );

  const readMessage = (printed: string, context: LogContext, found: Found[]): void => {
    const message = withoutLogPrefix(printed);
    const before = found.length;
    let answered = -1;
    for (const { phrase, formatIndex } of tree.find(message)) {
      if (formatIndex === answered) continue;
      const rest = phrase.isAfterNumber === true ? message : message.slice(phrase.start.length);
      const reading = phrase.read(rest, context);
      if (!note(found, formatIndex, reading)) continue;
      if (isNothing(reading)) return;
      answered = formatIndex;
    }
    if (found.length > before) return;
    for (const { words, read, formatIndex } of freeWords) {
      if (words.test(printed)) note(found, formatIndex, read(message, printed, context));
    }
  };

  const readBar = (bar: TqdmBar, context: LogContext, found: Found[]): void => {
    for (const { read, formatIndex } of barFormats) note(found, formatIndex, read(bar, context));
  };

  /** Without a percent sign there is no bar, and the whole segment is one message. */
  const readMessages = (segment: string, context: LogContext, found: Found[]): TqdmBar | null => {
    if (!segment.includes('%')) {
      readMessage(segment, context, found);
      return null;
    }
    const { bar, messages } = splitBars(segment);
    for (const message of messages) readMessage(message, context, found);
    return bar;
  };

  return (segment, context) => {
    if (segment.length < SHORTEST_ANNOUNCEMENT) return SILENT;
    const found: Found[] = [];
    const bar = readMessages(segment, context, found);
    if (anyLiteral.test(segment)) {
      for (const { literal, read, formatIndex } of anywhere) {
        if (segment.includes(literal)) note(found, formatIndex, read(segment, context));
      }
    }
    if (bar !== null) readBar(bar, context, found);
    return found.length === 0 && bar === null ? SILENT : weigh(found, bar !== null, formats);
  };
}

/** Matches where one of the texts stands; nothing where there are none. */
const alternatives = (texts: readonly string[]): RegExp =>
  texts.length === 0
    ? /^(?!)/
    : new RegExp(texts.map((text) => text.replaceAll(/[^\w\s]/g, '\\$&')).join('|'));

const isNothing = (reading: Reading): boolean => Array.isArray(reading) && reading.length === 0;

function note(found: Found[], formatIndex: number, reading: Reading): boolean {
  if (reading === null) return false;
  found.push({ formatIndex, announcements: 'kind' in reading ? [reading] : reading });
  return true;
}

/** A kind a more specific format has announced is the same event in more general words. */
function weigh(
  found: readonly Found[],
  hasBar: boolean,
  formats: readonly LogFormat[],
): SegmentAnnouncements {
  const only = found.length === 1 ? found[0]?.announcements : undefined;
  if (only?.length === 1 && only[0]?.kind === 'progress') return { progress: only[0], hasBar, others: NONE };
  let progress: Announcement | null = null;
  const others: { announcement: Announcement; format: string; formatIndex: number }[] = [];
  const inOrder = found.length === 1 ? found : found.toSorted((a, b) => a.formatIndex - b.formatIndex);
  for (const { announcements, formatIndex } of inOrder) {
    for (const announcement of announcements) {
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
    ...added,
    ...progress,
    step: progress.step ?? added.step ?? null,
    epoch: progress.epoch ?? added.epoch ?? null,
    total: progress.total ?? added.total ?? null,
  };
}
