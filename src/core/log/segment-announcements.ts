import type { Announcement, LogFormat, LogText } from './log-format.ts';
import { withoutLogPrefix } from './log-prefix.ts';
import { splitBars } from './tqdm-bar.ts';

/** What the formats read in one segment. */
export interface SegmentAnnouncements {
  /** All that the segment says of the progress, in one; `null` when it says nothing. */
  readonly progress: Announcement | null;
  /** The segment draws a bar, of whatever kind. */
  readonly hasBar: boolean;
  readonly others: readonly { readonly announcement: Announcement; readonly format: string }[];
}

/** `Epoch 1` and the like; spinners and dots printed by the million are shorter. */
const SHORTEST_ANNOUNCEMENT = 6;
const SILENT: SegmentAnnouncements = { progress: null, hasBar: false, others: [] };

export function readSegment(segment: string, formats: readonly LogFormat[]): SegmentAnnouncements {
  if (segment.length < SHORTEST_ANNOUNCEMENT) return SILENT;
  const text = toLogText(segment);
  let progress: Announcement | null = null;
  const others: { announcement: Announcement; format: string }[] = [];
  for (const format of formats) {
    const found = format.read(text);
    if (found.length === 0) continue;
    // A kind an earlier, more specific format has announced is the same event in more general words.
    const fresh = found.filter(({ kind }) => others.every((other) => other.announcement.kind !== kind));
    for (const announcement of fresh) {
      if (announcement.kind === 'progress') progress = withMissing(progress, announcement);
      else others.push({ announcement, format: format.name });
    }
  }
  return { progress, hasBar: text.bar !== null, others };
}

/** Whether two announcements say the same of the progress; the pace changes at every redraw and says nothing new. */
export function isSameProgress(a: Announcement, b: Announcement | null): boolean {
  return (
    b !== null &&
    (a.step ?? null) === (b.step ?? null) &&
    (a.epoch ?? null) === (b.epoch ?? null) &&
    (a.total ?? null) === (b.total ?? null) &&
    a.loss === b.loss
  );
}

function toLogText(text: string): LogText {
  const { bar, messages } = splitBars(text);
  return { text, bar, messages: messages.map(withoutLogPrefix).filter((message) => message !== '') };
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
